package io.jenkins.plugins.awscicd.engine.codebuild.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.PresignedAddress;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.PageCount;
import io.jenkins.plugins.awscicd.engine.access.call.RetryListener;
import io.jenkins.plugins.awscicd.engine.artifact.ArtifactException;
import io.jenkins.plugins.awscicd.engine.artifact.FileToFetch;
import io.jenkins.plugins.awscicd.engine.artifact.SignedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The objects in S3 that artifacts are made of: looked for, and signed for whoever reads them without credentials. */
final class ArtifactObjects {

    /** As many files as this are better packed. */
    private static final int MOST = 10_000;

    /** So many objects of others are looked at in a folder that the build shares with them. */
    private static final int MOST_OF_OTHERS = 100_000;

    /** What is under way goes on after that, and what breaks then is signed anew. */
    private static final Duration LIFE = Duration.ofHours(1);

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String OWN_FOLDER = "With namespaceType BUILD_ID each build has a folder of its own";

    /**
     * An object.
     *
     * @param path of its file, below the directory for all artifacts
     * @param size in bytes
     * @param kmsKey that encrypts it, if that is known
     */
    record One(
            @NonNull BuiltArtifact of,
            @NonNull String key,
            @NonNull String path,
            long size,
            @NonNull String eTag,
            @CheckForNull String kmsKey) {}

    private final AwsSession session;
    private final BooleanSupplier wanted;
    private final Consumer<String> console;

    ArtifactObjects(@NonNull AwsSession session, @NonNull BooleanSupplier wanted, @NonNull Consumer<String> console) {
        this.session = session;
        this.wanted = wanted;
        this.console = console;
    }

    /**
     * What an artifact is made of. One that CodeBuild gives a checksum of is an object; of others it does not say what they are, so they are
     * looked for as a folder first. In a folder that others use, too, what the build cannot have put there is left out.
     */
    @NonNull
    CompletableFuture<List<One>> of(@NonNull MakingBuild build, @NonNull BuiltArtifact artifact) {
        if (artifact.sha256() != null) {
            return object(build, artifact);
        }
        Folder folder = new Folder(artifact, build);
        return folder.read(null)
                .thenCompose(read -> folder.isEmpty() && !artifact.key().isEmpty()
                        ? object(build, artifact)
                        : CompletableFuture.completedFuture(folder.its()));
    }

    private static CompletionException none(BuiltArtifact artifact) {
        return new CompletionException(new ArtifactException("There is nothing at " + artifact
                + ": the buildspec may have no artifacts section, or the files were removed from S3 since"));
    }

    private static CompletionException noneOfThisBuild(BuiltArtifact artifact, int others) {
        return new CompletionException(new ArtifactException("There is nothing of this build at " + artifact + ", but "
                + BuildDownload.files(others) + (others == 1 ? " that was" : " that were")
                + " put there before it began or after it had ended. " + OWN_FOLDER));
    }

    private CompletableFuture<List<One>> object(MakingBuild build, BuiltArtifact artifact) {
        return call(
                        "s3:GetObject",
                        artifact,
                        () -> s3().headObject(
                                        head -> head.bucket(artifact.bucket()).key(artifact.key())))
                .handle((HeadObjectResponse head, Throwable failure) -> {
                    if (failure == null) {
                        if (artifact.sha256() == null
                                && !build.owns(artifact)
                                && !build.mayHavePut(head.lastModified())) {
                            throw noneOfThisBuild(artifact, 1);
                        }
                        String path = artifact.directory() + artifact.place().name();
                        return List.of(new One(
                                artifact, artifact.key(), path, head.contentLength(), head.eTag(), head.ssekmsKeyId()));
                    }
                    Throwable cause = AwsCallException.unwrap(failure);
                    if (!(cause instanceof AwsCallException reported)) {
                        throw new CompletionException(cause);
                    }
                    throw switch (reported.fault()) {
                        case NOT_FOUND -> none(artifact);
                        case DENIED ->
                            new CompletionException(new ArtifactException(reported.getMessage()
                                    + " If a KMS key encrypts it, kms:Decrypt on that is needed, too."));
                        default -> new CompletionException(reported);
                    };
                });
    }

    /** What is below an artifact's place. */
    private final class Folder {

        private final BuiltArtifact artifact;
        private final MakingBuild build;
        private final boolean shared;
        private final String prefix;
        private final PageCount pages = new PageCount();
        private final List<One> its = new ArrayList<>();
        private int others;

        Folder(BuiltArtifact artifact, MakingBuild build) {
            this.artifact = artifact;
            this.build = build;
            shared = !build.owns(artifact);
            String key = artifact.key();
            prefix = key.isEmpty() || key.endsWith("/") ? key : key + "/";
        }

        CompletableFuture<Void> read(@CheckForNull String token) {
            pages.next("ListObjectsV2");
            return call(
                            "s3:ListBucket",
                            artifact,
                            () -> s3().listObjectsV2(list -> list.bucket(artifact.bucket())
                                    .prefix(prefix)
                                    .continuationToken(token)))
                    .thenCompose((ListObjectsV2Response page) -> {
                        page.contents().stream()
                                .filter(object -> !object.key().endsWith("/")) // made by consoles, to show a folder
                                .forEach(this::add);
                        if (its.size() > MOST) {
                            return CompletableFuture.failedFuture(new ArtifactException(artifact + " has more than "
                                    + MOST + " files; have the build pack them, with packaging ZIP in its project's"
                                    + " artifacts"));
                        }
                        if (others > MOST_OF_OTHERS) {
                            return CompletableFuture.failedFuture(new ArtifactException(artifact + " has more than "
                                    + MOST_OF_OTHERS + " files that are not this build's. " + OWN_FOLDER));
                        }
                        return Boolean.TRUE.equals(page.isTruncated())
                                ? read(page.nextContinuationToken())
                                : CompletableFuture.completedFuture(null);
                    });
        }

        private void add(S3Object object) {
            if (shared && !build.mayHavePut(object.lastModified())) {
                others++;
                return;
            }
            String path = artifact.directory() + object.key().substring(prefix.length());
            its.add(new One(artifact, object.key(), path, object.size(), object.eTag(), null));
        }

        boolean isEmpty() {
            return its.isEmpty() && others == 0;
        }

        List<One> its() {
            if (isEmpty()) {
                throw none(artifact);
            }
            if (its.isEmpty()) {
                throw noneOfThisBuild(artifact, others);
            }
            if (shared) {
                console.accept(artifact + " is not this build's alone: "
                        + (others == 0
                                ? "if another build has put files there at the same time, they come, too. "
                                : BuildDownload.files(others)
                                        + (others == 1 ? " is left out, as it was" : " are left out, as they were")
                                        + " put there before it began or after it had ended. ")
                        + OWN_FOLDER);
            }
            return its;
        }
    }

    /**
     * What whoever fetches these objects needs for it.
     *
     * @param unzip whether zip archives are unpacked
     */
    @NonNull
    List<FileToFetch> signed(@NonNull List<One> objects, boolean unzip) {
        List<FileToFetch> files = new ArrayList<>();
        try (S3Presigner presigner = session.presigner(session.credentials())) {
            for (One one : objects) {
                String address = PresignedAddress.of(
                        session,
                        presigner.presignGetObject(sign -> sign.signatureDuration(LIFE)
                                .getObjectRequest(
                                        get -> get.bucket(one.of().bucket()).key(one.key()))),
                        LIFE);
                if (!session.follows(address)) {
                    throw new IllegalStateException(one.of() + " is not at an address of Amazon S3");
                }
                boolean unpacked = unzip && (one.of().sha256() != null || isZip(one));
                files.add(new FileToFetch(
                        one.path(),
                        one.size(),
                        one.eTag(),
                        one.of().sha256(),
                        one.kmsKey(),
                        unpacked,
                        new SignedRequest(address, Map.of())));
            }
        }
        return files;
    }

    /** An artifact that is an object, though nobody has said that it is an archive. */
    private static boolean isZip(One one) {
        return one.key().equals(one.of().key()) && one.key().endsWith(".zip");
    }

    private <T> CompletableFuture<T> call(String action, BuiltArtifact artifact, Supplier<T> call) {
        return session.callWhile(wanted, action, PATIENCE, RetryListener.NONE, call)
                .exceptionally(failure -> {
                    throw AwsCallException.of(action, artifact + ", the build's artifact", failure);
                });
    }

    private S3Client s3() {
        return session.client(S3Client.class, S3Client::builder);
    }
}
