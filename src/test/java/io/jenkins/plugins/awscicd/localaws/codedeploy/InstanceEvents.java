package io.jenkins.plugins.awscicd.localaws.codedeploy;

import java.util.ArrayList;
import java.util.List;

/** The lifecycle events of instances, in their order ("AppSpec 'hooks' section", list of lifecycle event hooks). */
final class InstanceEvents {

    static final List<String> BLOCK_TRAFFIC = List.of("BeforeBlockTraffic", "BlockTraffic", "AfterBlockTraffic");
    static final List<String> ALLOW_TRAFFIC = List.of("BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic");
    static final List<String> INSTALL = List.of(
            "ApplicationStop",
            "DownloadBundle",
            "BeforeInstall",
            "Install",
            "AfterInstall",
            "ApplicationStart",
            "ValidateService");
    private static final List<String> RESTART = List.of("ApplicationStop", "ApplicationStart", "ValidateService");

    private InstanceEvents() {}

    /** @param traffic whether a load balancer takes part */
    static List<String> inPlace(boolean traffic, boolean restart) {
        List<String> own = restart ? RESTART : INSTALL;
        if (!traffic) {
            return own;
        }
        List<String> events = new ArrayList<>(BLOCK_TRAFFIC);
        events.addAll(own);
        events.addAll(ALLOW_TRAFFIC);
        return events;
    }
}
