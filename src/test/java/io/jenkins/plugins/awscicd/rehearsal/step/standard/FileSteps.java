package io.jenkins.plugins.awscicd.rehearsal.step.standard;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Supplier;
import org.apache.tools.ant.DirectoryScanner;

/** Steps on the files of the workspace. */
final class FileSteps {

    private final Delivery delivery;

    FileSteps(Delivery delivery) {
        this.delivery = delivery;
    }

    void addTo(Steps steps) {
        steps.add("dir", List.of("path"), call -> {
            Supplier<Object> block = call.block();
            return delivery.in(call.required("path"), block);
        });
        steps.add(
                "pwd",
                List.of("tmp"),
                call -> (call.flag("tmp") ? delivery.scratch() : delivery.directory()).toString());
        steps.add("readFile", List.of("file", "encoding"), call -> Files.readString(file(call)));
        steps.add("writeFile", List.of("file", "text", "encoding"), this::writeFile);
        steps.add("fileExists", List.of("file"), call -> Files.exists(file(call)));
        steps.add(
                "archiveArtifacts",
                List.of(
                        "artifacts",
                        "excludes",
                        "allowEmptyArchive",
                        "fingerprint",
                        "onlyIfSuccessful",
                        "defaultExcludes",
                        "caseSensitive",
                        "followSymlinks"),
                this::archive);
        steps.add("stash", List.of("name", "includes", "excludes", "allowEmpty", "useDefaultExcludes"), this::stash);
        steps.add("unstash", List.of("name"), this::unstash);
        steps.add(
                "junit",
                List.of(
                        "testResults",
                        "allowEmptyResults",
                        "keepLongStdio",
                        "keepProperties",
                        "healthScaleFactor",
                        "skipPublishingChecks",
                        "skipMarkingBuildUnstable",
                        "checksName",
                        "testDataPublishers",
                        "skipOldReports",
                        "stdioRetention"),
                call -> new TestReports(delivery)
                        .publish(call, find(delivery.directory(), call.required("testResults"), null)));
    }

    private Path file(StepCall call) {
        return delivery.directory().resolve(call.required("file"));
    }

    private Object writeFile(StepCall call) throws IOException {
        Path file = file(call);
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        Files.writeString(file, call.required("text"));
        return null;
    }

    private Object archive(StepCall call) {
        List<String> files = find(delivery.directory(), call.required("artifacts"), call.text("excludes"));
        if (files.isEmpty() && !call.flag("allowEmptyArchive")) {
            throw new StepFailure("archiveArtifacts: no file matches '" + call.required("artifacts") + "'");
        }
        delivery.console().note("Archived artifacts stay where they are in a rehearsal");
        files.forEach(file -> delivery.console().line("Archived " + file));
        delivery.timeline().fact("Archived", String.join(", ", files));
        return null;
    }

    private Object stash(StepCall call) throws IOException {
        String includes = call.argument("includes").map(String::valueOf).orElse("**");
        List<String> files = find(delivery.directory(), includes, call.text("excludes"));
        if (files.isEmpty() && !call.flag("allowEmpty")) {
            throw new StepFailure("stash: no file matches '" + includes + "'");
        }
        copy(files, delivery.directory(), Files.createDirectories(stashed(call)));
        delivery.console().line("Stashed " + files.size() + " files");
        return null;
    }

    private Object unstash(StepCall call) throws IOException {
        if (!Files.isDirectory(stashed(call))) {
            throw new StepFailure("unstash: there is no stash '" + call.required("name") + "'");
        }
        copy(find(stashed(call), "**", null), stashed(call), delivery.directory());
        return null;
    }

    private Path stashed(StepCall call) {
        String name = call.required("name");
        if (!name.matches("[^/\\\\]+") || name.equals("..")) {
            throw new StepFailure(call.name() + ": '" + name + "' cannot be a stash's name");
        }
        return delivery.scratch().resolve("stash-" + name);
    }

    private static void copy(List<String> files, Path from, Path to) throws IOException {
        for (String file : files) {
            Path copy = to.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(
                    from.resolve(file), copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Files by Ant patterns, separated by commas or blanks. */
    private static List<String> find(Path directory, String includes, String excludes) {
        DirectoryScanner scanner = new DirectoryScanner();
        scanner.setBasedir(directory.toFile());
        scanner.setIncludes(includes.strip().split("[,\\s]+"));
        if (excludes != null) {
            scanner.setExcludes(excludes.strip().split("[,\\s]+"));
        }
        scanner.addDefaultExcludes();
        scanner.scan();
        return List.of(scanner.getIncludedFiles()).stream().sorted().toList();
    }
}
