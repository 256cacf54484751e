package io.jenkins.plugins.awscicd.worker;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.XmlFile;
import io.jenkins.plugins.awscicd.engine.access.AccountRegion;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.ActionType;
import io.jenkins.plugins.awscicd.engine.codepipeline.worker.Claim;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * The claims of one worker, a file each below {@code JENKINS_HOME}, with the access that they were taken with: they may have to be ended
 * when it is not configured any more. They have no secret.
 */
final class ClaimFiles {

    private static final Logger LOGGER = Logger.getLogger(ClaimFiles.class.getName());
    private static final String SOURCE = "source";

    private static final String ACCOUNT = "account";
    private static final String ACCESS = "access ";

    /** Where a worker worked, and as whom. */
    record Place(ActionType type, AwsAccess access) {}

    private final String source;
    private final AwsAccess access;
    private final Supplier<AccountRegion> account;

    /** @param account gives null if it is not known yet */
    ClaimFiles(@NonNull String source, @NonNull AwsAccess access, @NonNull Supplier<AccountRegion> account) {
        this.source = source;
        this.access = access;
        this.account = account;
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
        put(text, "region", access.region());
        put(text, "credentialsId", access.credentialsId());
        put(text, "role", access.role());
        put(text, "externalId", access.externalId());
        put(text, "endpoint", access.endpoint());
        AccountRegion known = account.get();
        if (known != null) {
            text.put(ACCOUNT, known.account() + " " + known.region());
            put(text, "elsewhere", known.elsewhere());
        }
        write(claim.id(), text);
    }

    private static void put(Map<String, String> text, String name, @CheckForNull String value) {
        if (value != null) {
            text.put(ACCESS + name, value);
        }
    }

    private static void write(String id, TreeMap<String, String> text) {
        try {
            file(id).write(text);
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
        for (Map<String, String> text : texts(source)) {
            try {
                kept.add(Claim.ofMap(text));
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "Cannot read what was kept of a job of CodePipeline", e);
            }
        }
        return kept;
    }

    /** Of all workers that something is kept of. */
    @NonNull
    static Set<String> places() {
        return texts(null).stream().map(text -> text.getOrDefault(SOURCE, "")).collect(Collectors.toSet());
    }

    /** Null if it cannot be told where and as whom that worker worked. */
    @CheckForNull
    static Place place(@NonNull String source) {
        for (Map<String, String> text : texts(source)) {
            try {
                return new Place(ActionType.parse(text.getOrDefault("type", "")), access(text));
            } catch (IllegalArgumentException e) {
                LOGGER.log(Level.WARNING, "Cannot read what was kept of a job of CodePipeline", e);
            }
        }
        return null;
    }

    private static AwsAccess access(Map<String, String> text) {
        String[] key = text.getOrDefault(SOURCE, "").split(" ");
        if (key.length == 5 && text.keySet().stream().noneMatch(name -> name.startsWith(ACCESS))) {
            return new AwsAccess(given(key[1]), given(key[2]), given(key[3]), null, null, given(key[4]));
        }
        return new AwsAccess(
                text.get(ACCESS + "region"),
                text.get(ACCESS + "credentialsId"),
                text.get(ACCESS + "role"),
                text.get(ACCESS + "externalId"),
                null,
                text.get(ACCESS + "endpoint"));
    }

    /** What was kept before the access was has it in the key of its worker. */
    @CheckForNull
    private static String given(String part) {
        return part.equals("null") ? null : part;
    }

    /** In which account a worker has worked, and where; null if nothing tells it. */
    @CheckForNull
    static AccountRegion account(@NonNull String source) {
        for (Map<String, String> text : texts(source)) {
            String[] parts = text.getOrDefault(ACCOUNT, "").split(" ");
            if (parts.length == 2) {
                return new AccountRegion(parts[0], parts[1], text.get(ACCESS + "elsewhere"));
            }
        }
        return null;
    }

    /** What one worker has kept is another's from now on. */
    static void move(@NonNull String from, @NonNull String to) {
        for (TreeMap<String, String> text : texts(from)) {
            text.put(SOURCE, to);
            write(text.getOrDefault("id", ""), text);
        }
    }

    /** @param source of one worker; null for all */
    private static List<TreeMap<String, String>> texts(@CheckForNull String source) {
        List<TreeMap<String, String>> texts = new ArrayList<>();
        File[] files = directory().listFiles((dir, name) -> name.endsWith(".xml"));
        for (File file : files == null ? new File[0] : files) {
            try {
                TreeMap<String, String> text = new TreeMap<>();
                ((Map<?, ?>) new XmlFile(Jenkins.XSTREAM2, file).read())
                        .forEach((key, value) -> text.put(String.valueOf(key), String.valueOf(value)));
                if (source == null || source.equals(text.get(SOURCE))) {
                    texts.add(text);
                }
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, "Cannot read what was kept of a job of CodePipeline: " + file.getName(), e);
            }
        }
        return texts;
    }
}
