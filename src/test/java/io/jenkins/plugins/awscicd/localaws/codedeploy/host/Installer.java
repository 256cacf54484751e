package io.jenkins.plugins.awscicd.localaws.codedeploy.host;

import io.jenkins.plugins.awscicd.localaws.codedeploy.host.AppSpec.FileEntry;
import io.jenkins.plugins.awscicd.localaws.codedeploy.host.AppSpec.Permission;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The Install event: takes away what the last installation has put on an instance, and copies the files of the new one. */
final class Installer {

    private final HostFolder host;
    private final String groupId;
    private final Path archive;
    private final String fileExistsBehavior;

    /** @param fileExistsBehavior what becomes of a file that is there and that no installation has put there */
    Installer(HostFolder host, String groupId, Path archive, String fileExistsBehavior) {
        this.host = host;
        this.groupId = groupId;
        this.archive = archive;
        this.fileExistsBehavior = fileExistsBehavior;
    }

    void install(AppSpec spec) throws IOException, HostException {
        cleanUp();
        Map<Path, Path> copies = new LinkedHashMap<>();
        for (FileEntry entry : spec.files()) {
            plan(entry, copies);
        }
        // All or nothing, as far as what can be known before.
        for (Path target : List.copyOf(copies.keySet())) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                switch (fileExistsBehavior) {
                    case "DISALLOW" ->
                        throw new HostException(
                                "The deployment failed because a specified file already exists at this location: "
                                        + shown(target));
                    case "RETAIN" -> copies.remove(target);
                    default -> {
                        // It is overwritten.
                    }
                }
            }
        }
        List<Path> installed = new ArrayList<>();
        for (Map.Entry<Path, Path> copy : copies.entrySet()) {
            createDirectories(copy.getKey().getParent(), installed);
            installed.add(copy.getKey());
            Files.copy(
                    copy.getValue(),
                    copy.getKey(),
                    LinkOption.NOFOLLOW_LINKS,
                    StandardCopyOption.COPY_ATTRIBUTES,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        host.installed(groupId, installed);
        Set<Path> permitted = new HashSet<>();
        for (Permission permission : spec.permissions()) {
            permit(permission, copies.keySet(), permitted);
        }
    }

    private void cleanUp() throws IOException {
        List<Path> installed = new ArrayList<>(host.installed(groupId));
        for (int i = installed.size() - 1; i >= 0; i--) {
            try {
                Files.deleteIfExists(installed.get(i));
            } catch (DirectoryNotEmptyException e) {
                // Something else has been put there since.
            }
        }
    }

    private void plan(FileEntry entry, Map<Path, Path> copies) throws IOException, HostException {
        Path source = archive.resolve(entry.source().replaceFirst("^/+", "")).normalize();
        Path destination = host.at(entry.destination());
        if (!source.startsWith(archive) || !Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
            throw new HostException("No such file or directory - " + source);
        }
        // As with the agent, a link to a directory is a directory.
        if (!Files.isDirectory(source)) {
            copy(source, destination.resolve(source.getFileName()), copies);
            return;
        }
        try (Stream<Path> walk = Files.walk(source, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path :
                    walk.filter(path -> !Files.isDirectory(path)).sorted().toList()) {
                copy(path, destination.resolve(source.relativize(path)), copies);
            }
        }
    }

    private void copy(Path source, Path target, Map<Path, Path> copies) throws HostException {
        Path other = copies.putIfAbsent(target, source);
        if (other != null) {
            throw new HostException(
                    "The deployment failed because the application specification file names two sources, "
                            + archive.relativize(source) + " and " + archive.relativize(other)
                            + ", for the same destination ("
                            + shown(target) + ").");
        }
    }

    private static void createDirectories(Path directory, List<Path> created) throws IOException {
        if (!Files.isDirectory(directory)) {
            createDirectories(directory.getParent(), created);
            Files.createDirectory(directory);
            created.add(directory);
        }
    }

    private void permit(Permission permission, Set<Path> copied, Set<Path> permitted)
            throws IOException, HostException {
        Path object = host.at(permission.object());
        if (copied.contains(object)) {
            if (permission.files()) {
                chmod(object, permission.mode(), permitted);
            }
            return;
        }
        if (!Files.isDirectory(object)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(object)) {
            for (Path path : walk.filter(path -> !path.equals(object)).toList()) {
                boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
                if ((directory ? permission.directories() : permission.files() && copied.contains(path))
                        && matches(permission.pattern(), path)
                        && permission.except().stream().noneMatch(pattern -> matches(pattern, path))) {
                    chmod(path, permission.mode(), permitted);
                }
            }
        }
    }

    private static boolean matches(String pattern, Path path) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(path.getFileName());
    }

    private void chmod(Path file, int mode, Set<Path> permitted) throws IOException, HostException {
        if (!permitted.add(file)) {
            throw new HostException("The deployment failed because the permissions setting for (" + shown(file)
                    + ") is specified more than once in the application specification file.");
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        // The bits from the highest to the lowest are in the order of the enumeration.
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((mode & 0400 >> i) != 0) {
                permissions.add(all[i]);
            }
        }
        Files.setPosixFilePermissions(file, permissions);
    }

    /** As the instance itself would name it. */
    private String shown(Path path) {
        return "/" + host.root().relativize(path);
    }
}
