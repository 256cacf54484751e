package io.jenkins.plugins.awscicd.delivery.board;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AbstractItem;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** The board of a folder's jobs, or of a multibranch project's. */
public final class FolderDeployments extends DeploymentBoard {

    private final AbstractItem item;

    FolderDeployments(AbstractItem item) {
        this.item = item;
    }

    @Override
    String folder() {
        return item.getFullName();
    }

    @Override
    Item item() {
        return item;
    }

    /** Gives each folder its board. */
    @Extension
    public static final class Factory extends TransientActionFactory<AbstractItem> {

        @Override
        public Class<AbstractItem> type() {
            return AbstractItem.class;
        }

        @Override
        @NonNull
        public Collection<? extends Action> createFor(@NonNull AbstractItem target) {
            return target instanceof ItemGroup<?> && !(target instanceof Job<?, ?>)
                    ? List.of(new FolderDeployments(target))
                    : List.of();
        }
    }
}
