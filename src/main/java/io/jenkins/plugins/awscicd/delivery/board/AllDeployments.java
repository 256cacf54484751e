package io.jenkins.plugins.awscicd.delivery.board;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.RootAction;

/** The board of the whole controller. */
@Extension
public final class AllDeployments extends DeploymentBoard implements RootAction {

    @Override
    String folder() {
        return "";
    }

    @Override
    Item item() {
        return null;
    }
}
