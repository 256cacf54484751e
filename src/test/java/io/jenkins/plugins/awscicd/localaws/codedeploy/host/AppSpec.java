package io.jenkins.plugins.awscicd.localaws.codedeploy.host;

import java.util.List;
import java.util.Map;

/**
 * An appspec.yml for instances ("AppSpec file structure for EC2/On-Premises deployments").
 *
 * @param hooks the scripts of each lifecycle event
 * @param fileExistsBehavior instead of the deployment's own; {@code null} when it is not said
 */
record AppSpec(
        List<FileEntry> files, List<Permission> permissions, Map<String, List<Hook>> hooks, String fileExistsBehavior) {

    /**
     * A line of {@code files}.
     *
     * @param source a file or directory of the revision
     * @param destination the directory where it goes
     */
    record FileEntry(String source, String destination) {}

    /**
     * A line of {@code permissions}. Owners and groups are not changed here: instances are folders of whoever runs local AWS.
     *
     * @param object an installed file, or a directory in which to look for them
     * @param pattern of file names in that directory; {@code **} for all
     * @param except patterns of file names that are left alone
     * @param mode the permission bits
     * @param files whether files are meant
     * @param directories whether directories are meant
     */
    record Permission(
            String object, String pattern, List<String> except, int mode, boolean files, boolean directories) {}

    /**
     * A script of a lifecycle event. Whom it is to run as is not heeded.
     *
     * @param timeout in seconds
     * @param onWindows whether it is for Windows, which runs other scripts
     */
    record Hook(String location, long timeout, boolean onWindows) {}

    List<Hook> hooks(String event) {
        return hooks.getOrDefault(event, List.of());
    }
}
