package io.jenkins.plugins.awscicd.engine.codedeploy.appspec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files and hooks of an AppSpec for instances. */
final class InstanceRules {

    private static final Set<String> HOOKS = Set.of(
            "ApplicationStop",
            "BeforeInstall",
            "AfterInstall",
            "ApplicationStart",
            "ValidateService",
            "BeforeBlockTraffic",
            "AfterBlockTraffic",
            "BeforeAllowTraffic",
            "AfterAllowTraffic");
    private static final List<String> SECTIONS =
            List.of("version", "os", "files", "hooks", "permissions", "file_exists_behavior");
    /** What a lifecycle event may take, in seconds. */
    private static final int LONGEST_HOOK = 3600;
    /** The agent reads a number as far as it goes. */
    private static final Pattern LEADING_NUMBER = Pattern.compile("\\s*[+-]?([0-9]{1,9}).*", Pattern.DOTALL);
    /** The agent hands a script's path to a shell, or cuts it at its blanks. */
    private static final Pattern OF_THE_SHELL = Pattern.compile("[\\s$&;|<>()'\"`*?\\[\\]{}\\\\]");

    private final Findings findings;
    private final boolean windows;

    InstanceRules(Findings findings, boolean windows) {
        this.findings = findings;
        this.windows = windows;
    }

    /** A section that nobody reads is as good as none: nothing would be installed, no script would run, and all is well. */
    void sections(Map<?, ?> root) {
        Map<Object, Object> others = new LinkedHashMap<>(root);
        for (Object key : root.keySet()) {
            String meant = Document.meant(String.valueOf(key), SECTIONS);
            if (meant != null) {
                findings.problem("has '" + key + "', which the agent does not read; write " + meant);
                others.remove(key);
            }
        }
        Document.unread(others, SECTIONS, "", findings);
    }

    ArrayList<InstallCheck.Copy> files(@CheckForNull Object files) {
        ArrayList<InstallCheck.Copy> copies = new ArrayList<>();
        for (Object item : list(findings, files, "files", "source: … and destination: …")) {
            if (!(item instanceof Map<?, ?> file) || file.get("source") == null || file.get("destination") == null) {
                findings.problem("has an item in files without source or destination");
            } else if (!(file.get("source") instanceof String source)
                    || !(file.get("destination") instanceof String destination)) {
                findings.problem("has a source or destination in files that is not text: " + file.get("source") + " to "
                        + file.get("destination") + "; put it in quotes");
            } else {
                Document.unread(file, List.of("source", "destination"), " in files", findings);
                destination(destination);
                copies.add(new InstallCheck.Copy(source, destination));
            }
        }
        return copies;
    }

    private void destination(String destination) {
        boolean whole =
                windows ? destination.matches("(?i)[a-z]:[\\\\/].*|[\\\\/].*|%.*") : destination.startsWith("/");
        if (!whole) {
            findings.doubt(
                    "has the destination '" + destination + "', which is relative to wherever the agent runs; use one"
                            + " such as " + (windows ? "c:\\inetpub\\web" : "/opt/web"));
        }
    }

    ArrayList<InstallCheck.Script> hooks(@CheckForNull Object hooks) {
        ArrayList<InstallCheck.Script> all = new ArrayList<>();
        if (hooks == null || Boolean.FALSE.equals(hooks)) {
            return all;
        }
        if (!(hooks instanceof Map<?, ?> byEvent)) {
            findings.problem("has hooks that are not a map of lifecycle events");
            return all;
        }
        byEvent.forEach((key, scripts) -> {
            String event = String.valueOf(key);
            if (!HOOKS.contains(event)) {
                findings.problem("has hooks for " + event + ", which is not a lifecycle event with scripts; known are "
                        + String.join(", ", new TreeSet<>(HOOKS)));
            }
            long seconds = 0;
            for (Object item : list(findings, scripts, event, "location: …")) {
                seconds += hook(event, item, all);
            }
            if (seconds > LONGEST_HOOK) {
                findings.doubt("has timeouts of " + seconds + " seconds in " + event
                        + "; CodeDeploy gives all scripts of an" + " event " + LONGEST_HOOK + " seconds together");
            }
        });
        return all;
    }

    /** @return the timeout that is named, in seconds; 0 if none is */
    private long hook(String event, @CheckForNull Object item, List<InstallCheck.Script> all) {
        if (!(item instanceof Map<?, ?> script)
                || script.get("location") == null
                || script.get("location").toString().isBlank()) {
            findings.problem("has a script in " + event + " without location");
            return 0;
        }
        Document.unread(script, List.of("location", "timeout", "runas", "sudo"), " in " + event, findings);
        String location = script.get("location").toString().strip();
        boolean asAnother = text(script.get("runas")) != null || isYes(script.get("sudo"));
        if (windows && asAnother) {
            findings.doubt("has runas or sudo in " + event + ", which only works with os: linux");
        }
        shell(event, location, text(script.get("runas")) != null);
        all.add(new InstallCheck.Script(event, location));
        return timeout(event, script.get("timeout"));
    }

    @CheckForNull
    private static String text(@CheckForNull Object value) {
        return value == null ? null : value.toString();
    }

    private static boolean isYes(@CheckForNull Object value) {
        return value != null && !Boolean.FALSE.equals(value);
    }

    private void shell(String event, String location, boolean runas) {
        Matcher special = OF_THE_SHELL.matcher(windows ? location.replace('\\', '/') : location);
        if (!special.find() || !windows && location.contains("\\")) {
            return; // A backslash is told where the script is looked for.
        }
        String what = "has the script '" + location + "' in " + event + "; a name with '" + special.group()
                + "' in it is split or read by a shell";
        if (runas && !windows) {
            findings.problem(what + ": rename it");
        } else {
            findings.doubt(what + " by the agent's version 1: rename it");
        }
    }

    private long timeout(String event, @CheckForNull Object timeout) {
        if (timeout == null || Boolean.FALSE.equals(timeout)) {
            return 0;
        }
        Matcher number = LEADING_NUMBER.matcher(timeout.toString());
        long seconds =
                number.matches() && !timeout.toString().strip().startsWith("-") ? Long.parseLong(number.group(1)) : 0;
        if (timeout instanceof Document.Octal octal) {
            seconds = ((Number) octal.value()).longValue();
        }
        boolean plain = timeout.toString().matches("[0-9]+");
        if (seconds <= 0 || !plain) {
            findings.problem("has the timeout " + timeout + " in " + event + "; use 1 to " + LONGEST_HOOK + " seconds");
            return 0;
        }
        if (timeout instanceof String) {
            findings.doubt("has the timeout '" + timeout + "' in " + event
                    + " in quotes, which the agent's version 2 does not take; leave them out");
        }
        return seconds;
    }

    /** The items of a list, or none, which is found then. */
    static List<?> list(Findings findings, @CheckForNull Object items, String name, String item) {
        if (items == null || Boolean.FALSE.equals(items)) {
            return List.of();
        }
        if (items instanceof List<?> list) {
            return list;
        }
        findings.problem("has " + name + " that are not a list"
                + (items instanceof Map<?, ?> ? "; begin each item with a dash: - " + item : ""));
        return List.of();
    }
}
