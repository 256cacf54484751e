package io.jenkins.plugins.awscicd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rooms know each other as the table in docs/architecture.md says, and are as small as their classes, so that a newcomer finds his way. */
class RoomsTest {

    private static final String ROOT = "io.jenkins.plugins.awscicd.";
    private static final Pattern ROW = Pattern.compile(
            "^\\| `((?:engine|config|delivery|events|scm|step|freestyle|worker)[\\w/]*)/` \\|.*\\|([^|]*)\\|$");
    /** Lines of a class, and classes of a room, at the most. */
    private static final int LONGEST_CLASS = 300;

    private static final int LARGEST_ROOM = 30;

    private static final Pattern NAME = Pattern.compile("`([\\w/*]+)`");

    private static Map<String, Set<String>> table() throws IOException {
        Map<String, Set<String>> rooms = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("docs/architecture.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rooms.put(
                        row.group(1),
                        NAME.matcher(row.group(2))
                                .results()
                                .map(it -> it.group(1))
                                .collect(Collectors.toSet()));
            }
        }
        return rooms;
    }

    /** Null for what is outside of the rooms. */
    private static String room(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.startsWith(ROOT) ? name.substring(ROOT.length()).replace('.', '/') : null;
    }

    private static boolean mayKnow(Set<String> known, String other) {
        return known.contains(other)
                || known.stream()
                        .filter(name -> name.endsWith("/*"))
                        .map(name -> name.substring(0, name.length() - 2))
                        .anyMatch(top -> other.equals(top) || other.startsWith(top + "/"));
    }

    @Test
    void roomsKnowOnlyWhomTheyMay() throws IOException {
        Map<String, Set<String>> rooms = table();
        // The rooms of what is imported are all that counts: of classes of others, of which there are thousands, names
        // are enough.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        JavaClasses classes = new ClassFileImporter().importPath("target/classes");
        Set<String> seen = new HashSet<>();
        Set<String> problems = new TreeSet<>();
        for (JavaClass type : classes) {
            String room = room(type);
            if (room == null) {
                continue; // names of before, which are of all rooms
            }
            seen.add(room);
            Set<String> known = rooms.get(room);
            if (known == null) {
                problems.add("docs/architecture.md has no row for " + room);
                continue;
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String other = room(dependency.getTargetClass());
                if (other != null && !other.equals(room) && !mayKnow(known, other)) {
                    problems.add(type.getSimpleName() + " in " + room + " knows "
                            + dependency.getTargetClass().getSimpleName() + " in " + other);
                }
            }
        }
        assertEquals(Set.of(), problems);
        assertEquals(seen, rooms.keySet(), "rooms in docs/architecture.md");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void classesAreShort() throws IOException {
        Map<String, Integer> longer = new TreeMap<>();
        for (Path file : sources()) {
            String name = file.getFileName().toString().replace(".java", "");
            int lines = Files.readAllLines(file).size();
            if (lines > LONGEST_CLASS) {
                longer.put(name, lines);
            }
        }
        assertEquals(Map.of(), longer, "longer than " + LONGEST_CLASS + " lines: divide them by what they are about");
    }

    @Test
    void roomsAreSmall() throws IOException {
        Map<Path, Long> larger = sources().stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));
        larger.values().removeIf(classes -> classes <= LARGEST_ROOM);
        assertEquals(Map.of(), larger, "rooms of more than " + LARGEST_ROOM + " classes");
    }
}
