package io.jenkins.plugins.awscicd.engine.bundle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The files, links and directories of a bundle as they are going to lie where it is unpacked. */
public final class Tree {

    /** What a path leads to. */
    public enum Kind {
        ABSENT,
        FILE,
        DIRECTORY,
        /** What only the machine knows on which the bundle is unpacked: a link leads out of it. */
        ELSEWHERE
    }

    /**
     * Where a path leads.
     *
     * @param name from the bundle's root, without links and dots; empty for the root itself and for what is not in the bundle
     */
    public record Place(@NonNull Kind kind, @NonNull String name) {

        private static final Place ABSENT = new Place(Kind.ABSENT, "");
        private static final Place ELSEWHERE = new Place(Kind.ELSEWHERE, "");
    }

    /** As many links as Linux follows in one path. */
    private static final int MOST_LINKS = 40;

    private final Map<String, Path> entries;
    private final boolean windows;
    /** The entries' names by what two names that mean the same have in common. */
    private final NavigableMap<String, String> names = new TreeMap<>();

    /** @param entries by name; what they are is looked up when it is asked for */
    Tree(Map<String, Path> entries) {
        this(entries, false);
    }

    private Tree(Map<String, Path> entries, boolean windows) {
        this.entries = entries;
        this.windows = windows;
        entries.keySet().forEach(name -> names.put(folded(name), name));
    }

    /** The same as Windows sees it: names in any case, and backslashes between them as well. */
    @NonNull
    public Tree onWindows() {
        return new Tree(entries, true);
    }

    private String folded(String name) {
        return windows ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** The names of all files and links, and of directories that are empty. */
    @NonNull
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /**
     * Follows a path as the operating system would.
     *
     * @param path from the bundle's root, also if it begins with a slash
     */
    @NonNull
    public Place at(@NonNull String path) throws IOException {
        Deque<String> steps = new ArrayDeque<>(steps(path));
        String here = "";
        int links = 0;
        while (!steps.isEmpty()) {
            String step = steps.pop();
            if (!isDirectory(here)) {
                return Place.ABSENT;
            }
            if (step.isEmpty() || step.equals(".")) {
                continue;
            }
            if (step.equals("..")) {
                if (here.isEmpty()) {
                    return Place.ABSENT;
                }
                here = parent(here);
                continue;
            }
            String next = here.isEmpty() ? step : here + "/" + step;
            String target = link(next);
            if (target == null) {
                here = next;
            } else if (target.startsWith("/") || ++links > MOST_LINKS) {
                return Place.ELSEWHERE;
            } else {
                List<String> through = steps(target);
                if (climbs(here, through)) {
                    return Place.ELSEWHERE;
                }
                for (int i = through.size() - 1; i >= 0; i--) {
                    steps.push(through.get(i));
                }
            }
        }
        if (isDirectory(here)) {
            return new Place(Kind.DIRECTORY, here);
        }
        String name = names.get(folded(here));
        return name == null ? Place.ABSENT : new Place(Kind.FILE, name);
    }

    /** With an empty step where a slash ends it, which only a directory may have. */
    private List<String> steps(String path) {
        return Arrays.asList((windows ? path.replace('\\', '/') : path).split("/+", -1));
    }

    private static String parent(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    private static boolean climbs(String from, List<String> steps) {
        int depth = from.isEmpty() ? 0 : from.split("/").length;
        for (String step : steps) {
            depth += step.equals("..") ? -1 : step.isEmpty() || step.equals(".") ? 0 : 1;
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    /** Where a link leads to; null if this is none. */
    @CheckForNull
    private String link(String name) throws IOException {
        String entry = names.get(folded(name));
        Path path = entry == null ? null : entries.get(entry);
        return path != null && Files.isSymbolicLink(path)
                ? Files.readSymbolicLink(path).toString().replace('\\', '/')
                : null;
    }

    private boolean isDirectory(String name) {
        if (name.isEmpty()) {
            return true;
        }
        String below = folded(name) + "/";
        String next = names.ceilingKey(below);
        if (next != null && next.startsWith(below)) {
            return true;
        }
        String entry = names.get(folded(name));
        return entry != null && Files.isDirectory(entries.get(entry), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The files and links below a directory.
     *
     * @param directory as {@link #at} has given it
     * @return their names from that directory on
     */
    @NonNull
    public List<String> below(@NonNull String directory) {
        String prefix = directory.isEmpty() ? "" : folded(directory) + "/";
        List<String> below = new ArrayList<>();
        for (Map.Entry<String, String> entry : names.tailMap(prefix, true).entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
                break;
            }
            if (!Files.isDirectory(entries.get(entry.getValue()), LinkOption.NOFOLLOW_LINKS)) {
                below.add(entry.getValue().substring(prefix.length()));
            }
        }
        return below;
    }
}
