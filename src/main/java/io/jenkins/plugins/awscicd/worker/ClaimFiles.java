package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.XmlFile;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.Claim;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The claims of one worker, a file each below {@code JENKINS_HOME}. They have no secret. */
final class ClaimFiles {

    private static final Logger LOGGER = Logger.getLogger(ClaimFiles.class.getName());
    private static final String SOURCE = "source";

    private final String source;

    ClaimFiles(@NonNull String source) {
        this.source = source;
    }

    private static File directory() {
        return new File(Jenkins.get().getRootDir(), "aws-cicd-codepipeline-jobs");
    }

    private static XmlFile file(String id) {
        return new XmlFile(Jenkins.XSTREAM2, new File(directory(), id + ".xml"));
    }

    void keep(@NonNull Claim claim) {
        TreeMap<String, String> text = new TreeMap<>(claim.toMap());
        text.put(SOURCE, source);
        try {
            file(claim.id()).write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // AWS is not told what is not on disk
        }
    }

    void forget(@NonNull Claim claim) {
        try {
            Files.deleteIfExists(file(claim.id()).getFile().toPath());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Cannot remove what was kept of a job of CodePipeline that has ended", e);
        }
    }

    @NonNull
    List<Claim> kept() {
        List<Claim> kept = new ArrayList<>();
        File[] files = directory().listFiles((dir, name) -> name.endsWith(".xml"));
        for (File file : files == null ? new File[0] : files) {
            try {
                TreeMap<String, String> text = new TreeMap<>();
                ((Map<?, ?>) new XmlFile(Jenkins.XSTREAM2, file).read())
                        .forEach((key, value) -> text.put(String.valueOf(key), String.valueOf(value)));
                if (source.equals(text.get(SOURCE))) {
                    kept.add(Claim.ofMap(text));
                }
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, "Cannot read what was kept of a job of CodePipeline: " + file.getName(), e);
            }
        }
        return kept;
    }
}
