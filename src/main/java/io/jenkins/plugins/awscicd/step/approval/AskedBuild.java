package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import io.jenkins.plugins.awscicd.config.ResolvedStage;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovedDelivery;
import io.jenkins.plugins.awscicd.delivery.approval.OptionDigest;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.step.Messages;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A build in a guarded stage that people are asked about: all that makes it what it is. Plain data, kept with a running step. */
final class AskedBuild implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String PROJECT = "project";
    private static final List<String> MEANING = List.of(PROJECT, "source", "sourceType", "sourceVersion");

    private final TreeMap<String, String> options;
    /** What is in the sources; null if nothing pins that. */
    private final String content;

    /**
     * @param call the arguments of {@code codeBuild}
     * @throws IllegalArgumentException if it has no such argument
     */
    AskedBuild(@NonNull Map<String, Object> call) {
        TreeSet<String> unknown = new TreeSet<>(call.keySet());
        unknown.removeAll(BuildRequest.names());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("what: has " + String.join(", ", unknown)
                    + ", which is not an argument of codeBuild; use its arguments, with sourceVersion");
        }
        BuildRequest request = new BuildRequest(call);
        content = request.content();
        options = new TreeMap<>(request.live(OptionDigest::of));
    }

    /** Whether these are the arguments of {@code codeBuild}, and not of a step that deploys. */
    static boolean isMeant(@NonNull Map<String, Object> call) {
        return MEANING.stream().anyMatch(call::containsKey);
    }

    /** @throws AbortException if nobody could tell later whether it is that which is built */
    @NonNull
    ApprovedDelivery resolve(@NonNull ResolvedStage stage, @NonNull AwsSession session)
            throws AbortException, InterruptedException {
        if (content == null) {
            throw new AbortException(Messages.AskedBuild_unpinned(stage.name()));
        }
        TreeMap<String, String> all = new TreeMap<>(options);
        String own = stage.defaults().getCodeBuildProject();
        if (own != null) {
            all.putIfAbsent(PROJECT, own);
        }
        return new ApprovedDelivery(List.of(), content, AskedNames.ofBuild(all, stage, session));
    }
}
