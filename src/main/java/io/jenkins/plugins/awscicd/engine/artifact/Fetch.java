package io.jenkins.plugins.awscicd.engine.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Carries out a {@link FetchPlan} where the workspace is. A file is read beside its place, and put there when all of it has come and is what
 * it should be; what was read of it before, with the same plan or an earlier one, is not read again.
 */
public final class Fetch {

    private final ArtifactTransfer transfer;

    public Fetch() {
        this(new ArtifactTransfer());
    }

    Fetch(@NonNull ArtifactTransfer transfer) {
        this.transfer = transfer;
    }

    /**
     * Blocks.
     *
     * @throws ArtifactException if it cannot be carried out, and could not be another time
     */
    @NonNull
    public Fetched run(@NonNull Path workspace, @NonNull FetchPlan plan) throws IOException, InterruptedException {
        Files.createDirectories(workspace);
        Path base = workspace.toRealPath();
        WithinDirectory into = new WithinDirectory(ArtifactArchive.directory(base, "download.to", plan.directory()));
        Room room = new Room(plan);
        ArrayList<String> paths = new ArrayList<>();
        int done = 0;
        for (FileToFetch file : plan.files()) {
            try {
                for (Path put : fetch(file, into, room)) {
                    paths.add(base.relativize(put).toString().replace('\\', '/'));
                }
            } catch (EndedAccessException e) {
                return new Fetched(done, paths, room.taken, e.getMessage());
            }
            done++;
        }
        return new Fetched(done, paths, room.taken, null);
    }

    /** How much room all files take together. */
    private static final class Room {

        private final long most;
        private long taken;

        Room(FetchPlan plan) {
            most = plan.most();
            taken = plan.before();
        }

        void check(FileToFetch file) throws ArtifactException {
            if (file.size() > most - taken) {
                throw new ArtifactException("With '" + file.path() + "' there is more than the " + (most >> 20)
                        + " MB allowed; raise maxMb");
            }
        }
    }

    private List<Path> fetch(FileToFetch file, WithinDirectory into, Room room)
            throws IOException, InterruptedException {
        Path path = into.path(file.path());
        if (WithinDirectory.isGits(file.path())) {
            return List.of();
        }
        Path target = into.within(path);
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new ArtifactException("'" + file.path() + "' is a directory already");
        }
        if (!file.unpacked()) {
            room.check(file);
        }
        Path part = part(file, target);
        transfer.fetch(file, part);
        try {
            check(file, part);
            if (file.unpacked()) {
                ArtifactArchive archive = new ArtifactArchive(WithinDirectory.above(target), room.most, room.taken);
                archive.unpack(part);
                room.taken = archive.written();
                Files.delete(part);
                return archive.unpacked();
            }
        } catch (IOException e) {
            Files.deleteIfExists(part); // it is what it is: to go on with it would be in vain
            throw e instanceof ArtifactException
                    ? e
                    : new ArtifactException("'" + file.path() + "': " + e.getMessage(), e);
        }
        put(part, target);
        room.taken += file.size();
        return List.of(target);
    }

    /** What was read so far of this very object. */
    private static Path part(FileToFetch file, Path target) {
        String object = HexFormat.of()
                .formatHex(sha256().digest(file.eTag().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return target.resolveSibling("." + target.getFileName() + "." + object.substring(0, 12) + ".part");
    }

    private static void put(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void check(FileToFetch file, Path part) throws IOException {
        long size = Files.size(part);
        if (size != file.size()) {
            throw new ArtifactException(
                    "'" + file.path() + "' has " + size + " bytes, though S3 has " + file.size() + " of it");
        }
        String wanted = file.sha256();
        if (wanted != null && !wanted.toLowerCase(Locale.ROOT).equals(digest(part))) {
            throw new ArtifactException("'" + file.path()
                    + "' is not what the build has made: its SHA-256 differs. Another build may have put its own in the same place;"
                    + " with namespaceType BUILD_ID each has a place of its own");
        }
    }

    @CheckForNull
    private static String digest(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each Java has it
        }
    }
}
