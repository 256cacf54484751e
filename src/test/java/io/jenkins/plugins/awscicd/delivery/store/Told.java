package io.jenkins.plugins.awscicd.delivery.store;

import java.time.Instant;
import java.util.List;

/** Deployments as tests need them. */
public final class Told {

    static final Instant BEGIN = Instant.parse("2026-11-01T08:00:00Z");

    private Told() {}

    public static Deployment deployment(String token, String stage, String application, int number) {
        return deployment(token, stage, application, "web/main", number);
    }

    /** The higher the number, the newer. */
    public static Deployment deployment(String token, String stage, String application, String job, int number) {
        return new DeploymentBuilder(
                        token,
                        "codeDeploy",
                        "eu-central-1",
                        new Destination(stage, application, stage == null ? "fleet" : stage),
                        new Origin(
                                job,
                                number,
                                "job/" + job.replace("/", "/job/") + "/" + number + "/",
                                List.of("alice"),
                                Origin.Left.RUN),
                        BEGIN.plusSeconds(60L * number))
                .id("d-" + token)
                .whose("credentials ")
                .revision("s3://releases/" + application + "/" + number + ".zip @ v" + number)
                .commit("3f2a1bc0de5f60718293a4b5c6d7e8f901234567")
                .approvals(List.of(new Deployment.Approval("bob", BEGIN)))
                .consoleUrl("https://console.example/" + token)
                .build();
    }

    static Deployment ended(String token, String stage, String application, int number, DeploymentVerdict verdict) {
        Deployment running = deployment(token, stage, application, number);
        return running.ended(
                verdict,
                null,
                verdict == DeploymentVerdict.SUCCESS ? null : "a script \"failed\"\n[at once]",
                running.started().plusSeconds(90));
    }
}
