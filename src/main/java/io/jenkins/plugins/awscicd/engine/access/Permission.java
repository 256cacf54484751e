package io.jenkins.plugins.awscicd.engine.access;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;

/**
 * What an identity has to be allowed for one purpose: a statement of an
 * <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html">IAM policy</a>.
 *
 * @param sid names the purpose; letters and digits
 * @param actions such as {@code codebuild:StartBuild}
 * @param resources ARNs, in which {@code *} stands for anything
 */
public record Permission(
        @NonNull String sid,
        @NonNull List<String> actions,
        @NonNull List<String> resources) {

    public Permission {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
    }
}
