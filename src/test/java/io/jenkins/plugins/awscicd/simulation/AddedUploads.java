package io.jenkins.plugins.awscicd.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is uploaded from workspaces, in some worlds, and what can come between. */
final class AddedUploads extends Added {

    private static final int FIRST_RUN = 801;

    private static final List<String> CALLS = List.of(
            "S3.*",
            "S3.CreateMultipartUpload",
            "S3.UploadPart",
            "S3.CompleteMultipartUpload",
            "S3.AbortMultipartUpload",
            "S3.HeadObject",
            "ElasticBeanstalk.CreateStorageLocation",
            "ElasticBeanstalk.CreateApplicationVersion",
            "CodeDeploy.CreateDeployment");

    AddedUploads(long seed, int length, List<Happening> all) {
        super(seed, 3, length, all);
    }

    @Override
    void add() {
        if (random.nextInt(6) != 0) {
            return;
        }
        if (random.nextInt(3) == 0) {
            add(0, "dialect", "service", "S3", "name", "COMPLETES_AGAIN");
        }
        add(0, "bucket", "name", "versioned");
        int together = random.nextInt(length);
        int count = 1 + random.nextInt(4);
        List<Happening> steps = new ArrayList<>();
        for (int run = FIRST_RUN; run < FIRST_RUN + count; run++) {
            steps.add(step(run, 60 + together + random.nextInt(random.nextBoolean() ? 60 : 900)));
        }
        for (Happening step : steps) {
            disturb(step);
        }
        if (random.nextInt(4) == 0) {
            Map<String, String> how = random.nextBoolean() ? Worlds.details("delete", "true") : Worlds.details();
            add(60 + together + random.nextInt(900), "replace", how);
        }
    }

    private Happening step(int run, int at) {
        Map<String, String> details = Worlds.details(
                "run",
                run,
                "on",
                random.nextInt(4) == 0 ? "b" : "a",
                "upload",
                1 + random.nextInt(5),
                "perPart",
                random.nextInt(12) == 0 ? 600 + random.nextInt(2400) : 1 + random.nextInt(15));
        if (random.nextBoolean()) { // the same as others
            details.put("content", Integer.toString(1 + random.nextInt(2)));
            details.put("upload", "2");
        }
        if (random.nextInt(4) == 0) {
            details.put("as", "AKIABOB0000000000000");
        }
        boolean update = random.nextInt(3) == 0;
        if (update) {
            details.put("environment", "solo");
        } else {
            details.put("group", Worlds.GROUPS.get(random.nextInt(2)));
        }
        int bucket = random.nextInt(3);
        if (bucket > 0) {
            details.put("bucket", bucket == 1 ? "artifacts" : "versioned");
        }
        return add(at, update ? "update" : "deploy", details);
    }

    /** While it is at it: it takes so long to send all parts. */
    private void disturb(Happening step) {
        int run = step.number("run");
        int at = (int) step.at().toSeconds();
        int takes = 3 + step.number("upload") * step.number("perPart");
        if (random.nextInt(3) == 0) {
            int file = random.nextInt(step.number("upload"));
            add(at + random.nextInt(takes), "write", "run", run, "file", file, "content", random.nextInt(100));
        }
        if (random.nextInt(3) == 0) {
            add(at + random.nextInt(takes), "abort", "run", run);
        }
        if (random.nextInt(2) == 0) {
            storm(at - 5 + random.nextInt(takes), CALLS, 100);
        }
        if (random.nextInt(4) == 0) {
            kill(step.text("on"), at + random.nextInt(takes), CALLS.subList(1, CALLS.size()));
        }
        if (random.nextInt(12) == 0) {
            String call = CALLS.get(random.nextInt(CALLS.size()));
            add(at + random.nextInt(takes), "weather", "call", call, "kind", "denied", "for", 5 + random.nextInt(100));
        }
    }
}
