package io.jenkins.plugins.awscicd.engine.codedeploy.appspec;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.bundle.Look;
import io.jenkins.plugins.awscicd.engine.bundle.Tree;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What an AppSpec for instances names, looked for in the revision, and laid out as the agent would. */
final class InstallCheck implements Look<Findings> {

    private static final long serialVersionUID = 1L;

    /** An item of files. */
    record Copy(String source, String destination) implements Serializable {}

    /** A script of a lifecycle event. */
    record Script(String event, String location) implements Serializable {}

    /**
     * An item of permissions.
     *
     * @param files whether it is for files
     * @param defaults whether it has default ACLs, which only a directory takes
     */
    record Permission(String object, String pattern, ArrayList<String> except, boolean files, boolean defaults)
            implements Serializable {

        static final String ALL = "**";

        /** Whether it is for a file that is installed below its object. */
        boolean covers(String path) {
            String base = object.endsWith("/") ? object : object + "/";
            if (!path.startsWith(base)) {
                return false;
            }
            String rest = path.substring(base.length());
            return (pattern.equals(ALL) || matches(rest, pattern))
                    && except.stream().noneMatch(it -> matches(rest, it));
        }

        /** A pattern knows the asterisk, and no folders. */
        private static boolean matches(String name, String pattern) {
            String regex = Pattern.quote(pattern).replace("*", "\\E[^/]*\\Q");
            return name.matches(regex);
        }
    }

    private final boolean windows;
    private final ArrayList<Copy> copies;
    private final ArrayList<Script> scripts;
    private final ArrayList<Permission> permissions;

    InstallCheck(
            boolean windows, ArrayList<Copy> copies, ArrayList<Script> scripts, ArrayList<Permission> permissions) {
        this.windows = windows;
        this.copies = copies;
        this.scripts = scripts;
        this.permissions = permissions;
    }

    @Override
    @NonNull
    public Findings at(@NonNull Tree given) throws IOException {
        Tree tree = windows ? given.onWindows() : given;
        Findings findings = new Findings();
        List<String> absent = new ArrayList<>();
        Map<String, String> installed = new TreeMap<>();
        for (Copy copy : copies) {
            Tree.Place place = tree.at(copy.source());
            switch (place.kind()) {
                case ABSENT -> absent.add(copy.source());
                case FILE -> install(place.name(), copy.destination() + "/" + last(copy.source()), installed, findings);
                case DIRECTORY -> {
                    for (String file : tree.below(place.name())) {
                        String source = place.name().isEmpty() ? file : place.name() + "/" + file;
                        install(source, copy.destination() + "/" + file, installed, findings);
                    }
                }
                case ELSEWHERE -> {
                    // Only the instance knows.
                }
            }
        }
        for (Script script : scripts) {
            switch (tree.at(script.location()).kind()) {
                case ABSENT -> absent.add(script.location());
                case DIRECTORY ->
                    findings.problem("names the directory '" + script.location() + "' as script of " + script.event());
                case FILE, ELSEWHERE -> {
                    // As it should be.
                }
            }
        }
        absent(absent, tree, findings);
        permissions(installed.keySet(), findings);
        return findings;
    }

    private String last(String source) {
        String path = windows ? source.replace('\\', '/') : source;
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void install(String source, String to, Map<String, String> installed, Findings findings) {
        String path = normal(windows ? to.replace('\\', '/') : to);
        String other = installed.putIfAbsent(path, source);
        if (other != null) {
            findings.problem("puts both " + other + " and " + source + " at " + path
                    + ", which the agent refuses; take one of them out of files");
        }
    }

    private static String normal(String path) {
        ArrayList<String> steps = new ArrayList<>();
        for (String step : path.split("/+")) {
            if (step.equals("..") && !steps.isEmpty()) {
                steps.remove(steps.size() - 1);
            } else if (!step.isEmpty() && !step.equals(".") && !step.equals("..")) {
                steps.add(step);
            }
        }
        return (path.startsWith("/") ? "/" : "") + String.join("/", steps);
    }

    private void absent(List<String> absent, Tree tree, Findings findings) throws IOException {
        if (absent.isEmpty()) {
            return;
        }
        String advice = "check the names, directory, includes and excludes";
        for (String name : absent) {
            if (!windows && name.contains("\\") && isThere(tree, name.replace('\\', '/'))) {
                advice = "write paths with / where os is linux";
            } else if (name.matches(".*[*?].*")) {
                advice = "the agent does not support patterns; name the directory or each file";
            } else if (!windows && isThere(tree.onWindows(), name)) {
                advice = "check upper and lower case, which matter on Linux";
            } else if (name.endsWith("/") && isThere(tree, name.replaceFirst("/+$", ""))) {
                advice = "leave out the slash at the end of a file";
            }
        }
        findings.problem("names files that are not in the revision: "
                + String.join(", ", absent.stream().sorted().distinct().toList()) + "; " + advice);
    }

    private static boolean isThere(Tree tree, String name) throws IOException {
        return tree.at(name).kind() != Tree.Kind.ABSENT;
    }

    private void permissions(Set<String> installed, Findings findings) {
        Set<String> set = new HashSet<>();
        for (Permission permission : permissions) {
            String object = normal(permission.object());
            Permission whole = new Permission(
                    object, permission.pattern(), permission.except(), permission.files(), permission.defaults());
            if (installed.contains(object)) {
                if (whole.files()) {
                    ofFile(whole, findings);
                    once(object, set, findings);
                }
            } else if (whole.files()) {
                installed.stream().filter(whole::covers).forEach(file -> {
                    if (whole.defaults()) {
                        findings.problem("has a default acl for " + object + " that would be set for the file " + file
                                + "; add type: [directory]");
                    }
                    once(file, set, findings);
                });
            }
        }
    }

    private static void ofFile(Permission permission, Findings findings) {
        if (!permission.pattern().equals(Permission.ALL) || !permission.except().isEmpty()) {
            findings.problem("has a pattern or except for " + permission.object()
                    + " in permissions, which is a file; leave them out, or name its directory");
        }
        if (permission.defaults()) {
            findings.problem(
                    "has a default acl for the file " + permission.object() + ", which only a directory takes");
        }
    }

    private static void once(String file, Set<String> set, Findings findings) {
        if (!set.add(file)) {
            findings.problem("has two permissions for " + file
                    + ", which the agent refuses; let one leave it out with except, pattern or type");
        }
    }
}
