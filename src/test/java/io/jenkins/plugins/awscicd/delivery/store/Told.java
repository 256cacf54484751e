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
        return new Deployment(
                token,
                "d-" + token,
                "codeDeploy",
                "eu-central-1",
                "credentials ",
                new Destination(stage, application, stage == null ? "fleet" : stage),
                "s3://releases/" + application + "/" + number + ".zip @ v" + number,
                null,
                "3f2a1bc0de5f60718293a4b5c6d7e8f901234567",
                new Origin(
                        job,
                        number,
                        "job/" + job.replace("/", "/job/") + "/" + number + "/",
                        List.of("alice"),
                        Origin.Left.RUN),
                BEGIN.plusSeconds(60L * number),
                null,
                DeploymentVerdict.RUNNING,
                null,
                List.of(new Deployment.Approval("bob", BEGIN)),
                null,
                "https://console.example/" + token);
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
