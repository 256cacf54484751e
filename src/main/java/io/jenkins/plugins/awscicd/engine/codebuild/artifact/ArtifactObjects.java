package io.jenkins.plugins.awscicd.engine.codebuild.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.PresignedAddress;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
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
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The objects in S3 that artifacts are made of: looked for, and signed for whoever reads them without credentials. */
final class ArtifactObjects {

    /** As many files as this are better packed. */
    private static final int MOST = 10_000;

    /** What is under way goes on after that, and what breaks then is signed anew. */
    private static final Duration LIFE = Duration.ofHours(1);

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /**
     * An object.
     *
     * @param path of its file, below the directory for all artifacts
     * @param size in bytes
     */
    record One(
            @NonNull BuiltArtifact of,
            @NonNull String key,
            @NonNull String path,
            long size,
            @NonNull String eTag) {}

    private final AwsSession session;
    private final BooleanSupplier wanted;

    ArtifactObjects(@NonNull AwsSession session, @NonNull BooleanSupplier wanted) {
        this.session = session;
        this.wanted = wanted;
    }

    /**
     * What an artifact is made of. One that CodeBuild gives a checksum of is an object; of others it does not say what they are, so they are
     * looked for as a folder first.
     */
    @NonNull
    CompletableFuture<List<One>> of(@NonNull BuiltArtifact artifact) {
        return artifact.sha256() != null
                ? object(artifact)
                : folder(artifact, null, new ArrayList<>())
                        .thenCompose(all -> all.isEmpty() && !artifact.key().isEmpty()
                                ? object(artifact)
                                : CompletableFuture.completedFuture(all))
                        .thenApply(all -> {
                            if (all.isEmpty()) {
                                throw none(artifact);
                            }
                            return all;
                        });
    }

    private static CompletionException none(BuiltArtifact artifact) {
        return new CompletionException(new ArtifactException("There is nothing at " + artifact
                + ": the buildspec may have no artifacts section, or the files were removed from S3 since"));
    }

    private CompletableFuture<List<One>> object(BuiltArtifact artifact) {
        return call(
                        "s3:GetObject",
                        artifact,
                        () -> s3().headObject(
                                        head -> head.bucket(artifact.bucket()).key(artifact.key())))
                .handle((HeadObjectResponse head, Throwable failure) -> {
                    if (failure == null) {
                        String path = directory(artifact) + artifact.name();
                        return List.of(new One(artifact, artifact.key(), path, head.contentLength(), head.eTag()));
                    }
                    Throwable cause = AwsCallException.unwrap(failure);
                    throw cause instanceof AwsCallException reported && reported.fault() == AwsFault.NOT_FOUND
                            ? none(artifact)
                            : new CompletionException(cause);
                });
    }

    private CompletableFuture<List<One>> folder(BuiltArtifact artifact, @CheckForNull String token, List<One> all) {
        String key = artifact.key();
        String prefix = key.isEmpty() || key.endsWith("/") ? key : key + "/";
        return call(
                        "s3:ListBucket",
                        artifact,
                        () -> s3().listObjectsV2(list ->
                                list.bucket(artifact.bucket()).prefix(prefix).continuationToken(token)))
                .thenCompose((ListObjectsV2Response page) -> {
                    page.contents().stream()
                            .filter(object -> !object.key().endsWith("/")) // made by consoles, to show a folder
                            .forEach(object -> all.add(new One(
                                    artifact,
                                    object.key(),
                                    directory(artifact) + object.key().substring(prefix.length()),
                                    object.size(),
                                    object.eTag())));
                    if (all.size() > MOST) {
                        return CompletableFuture.failedFuture(new ArtifactException(artifact + " has more than " + MOST
                                + " files; have the build pack them, with packaging ZIP in its project's artifacts"));
                    }
                    return Boolean.TRUE.equals(page.isTruncated())
                            ? folder(artifact, page.nextContinuationToken(), all)
                            : CompletableFuture.completedFuture(all);
                });
    }

    /** A secondary artifact has a directory of its own. */
    private static String directory(BuiltArtifact artifact) {
        return artifact.identifier() == null ? "" : artifact.identifier() + "/";
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
