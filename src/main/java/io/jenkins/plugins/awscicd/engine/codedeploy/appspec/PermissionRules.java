package io.jenkins.plugins.awscicd.engine.codedeploy.appspec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The permissions of an AppSpec for Linux
 * (<a href="https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-permissions.html">AppSpec
 * 'permissions' section</a>).
 */
final class PermissionRules {

    private static final List<String> NAMES =
            List.of("object", "pattern", "except", "type", "owner", "group", "mode", "acls", "context");
    private static final List<String> TYPES = List.of("file", "directory");
    /** As far as the agent looks: the rest is for setfacl to say. */
    private static final Pattern ACL_BITS = Pattern.compile("[0-7]|[rwx-]*");

    private static final Pattern RANGE = Pattern.compile("s\\d+(-s\\d+)?(:c\\d+(\\.c\\d+)?(,c\\d+(\\.c\\d+)?)*)?");

    private final Findings findings;
    private final boolean windows;

    PermissionRules(Findings findings, boolean windows) {
        this.findings = findings;
        this.windows = windows;
    }

    ArrayList<InstallCheck.Permission> read(@CheckForNull Object permissions) {
        ArrayList<InstallCheck.Permission> read = new ArrayList<>();
        List<?> items = InstanceRules.list(findings, permissions, "permissions", "object: …");
        if (windows && !items.isEmpty()) {
            findings.problem("has permissions, which only work with os: linux; leave them out");
            return read;
        }
        for (Object item : items) {
            if (!(item instanceof Map<?, ?> permission)
                    || permission.get("object") == null
                    || permission.get("object").toString().isBlank()) {
                findings.problem("has an item in permissions without object");
                continue;
            }
            String object = permission.get("object").toString().strip();
            Document.unread(permission, NAMES, " in permissions", findings);
            mode(object, permission.get("mode"));
            context(object, permission.get("context"));
            boolean defaults = acls(object, permission.get("acls"));
            Object pattern = permission.get("pattern");
            read.add(new InstallCheck.Permission(
                    object,
                    pattern == null ? InstallCheck.Permission.ALL : pattern.toString(),
                    texts(permission.get("except"), "except of " + object, "\"*.log\""),
                    types(object, permission.get("type")),
                    defaults));
        }
        return read;
    }

    private ArrayList<String> texts(@CheckForNull Object list, String name, String item) {
        ArrayList<String> texts = new ArrayList<>();
        if (list instanceof String) {
            findings.problem("has " + name + " that is not a list; write [" + list + "]");
            return texts;
        }
        InstanceRules.list(findings, list, name, item).forEach(it -> texts.add(String.valueOf(it)));
        return texts;
    }

    private boolean types(String object, @CheckForNull Object given) {
        List<String> types = texts(given, "type of " + object, "file");
        for (String type : types) {
            if (!TYPES.contains(type)) {
                findings.problem(
                        "has the type '" + type + "' for " + object + " in permissions; use file or directory");
            }
        }
        return given == null || types.contains("file");
    }

    private void mode(String object, @CheckForNull Object mode) {
        if (mode instanceof Document.Octal octal) {
            findings.problem("has mode: " + octal + " for " + object + ", which is the number " + octal.value()
                    + " in YAML; write mode: \"" + octal + "\"");
        } else if (mode != null && !mode.toString().matches("[0-7]{0,4}")) {
            findings.problem("has the mode " + mode + " for " + object + "; use one to four digits from 0 to 7");
        }
    }

    private void context(String object, @CheckForNull Object given) {
        if (given == null) {
            return;
        }
        if (!(given instanceof Map<?, ?> context) || context.get("type") == null) {
            findings.problem("has a context without type for " + object + " in permissions");
            return;
        }
        if (context.get("user") != null) {
            findings.doubt("has a context with user for " + object
                    + ", which the agent does not read, though AWS's reference has it; the agent reads name");
        }
        Object range = context.get("range");
        if (range == null) {
            findings.doubt("has a context without range for " + object
                    + ", with which the agent's version 1 fails; add range: s0");
        } else if (!isRange(range.toString())) {
            findings.problem(
                    "has the range '" + range + "' for " + object + "; use one such as s0, s0-s3 or s0:c0.c5,c9");
        }
    }

    private static boolean isRange(String range) {
        if (!RANGE.matcher(range).matches()) {
            return false;
        }
        String[] parts = range.split(":");
        if (falls(parts[0], "-")) {
            return false;
        }
        List<Integer> categories = new ArrayList<>();
        for (String part : parts.length == 1 ? new String[0] : parts[1].split(",")) {
            String[] ends = part.split("\\.");
            int low = number(ends[0]);
            int high = number(ends[ends.length - 1]);
            if (high < low || high > 1023) {
                return false;
            }
            for (int category = low; category <= high; category++) {
                categories.add(category);
            }
        }
        return categories.stream().distinct().count() == categories.size();
    }

    private static boolean falls(String levels, String between) {
        String[] ends = levels.split(between);
        return number(ends[ends.length - 1]) < number(ends[0]);
    }

    private static int number(String level) {
        return level.length() > 8 ? Integer.MAX_VALUE : Integer.parseInt(level.substring(1));
    }

    /** @return whether one of them is for what is made later in a directory */
    private boolean acls(String object, @CheckForNull Object given) {
        boolean defaults = false;
        for (String acl : texts(given, "acls of " + object, "u:bob:rw")) {
            String[] parts = acl.split(":", -1);
            boolean isDefault = parts.length > 2 && List.of("d", "default").contains(parts[0]);
            String[] rest = isDefault ? java.util.Arrays.copyOfRange(parts, 1, parts.length) : parts;
            defaults |= isDefault;
            if (!isAcl(rest, isDefault)) {
                findings.problem("has the acl '" + acl + "' for " + object
                        + "; use one such as u:bob:rw or g:web:r-x, and mode for the owner, the group and all others");
            }
        }
        return defaults;
    }

    /** @param parts type (a user's, if there is none), name and bits */
    private static boolean isAcl(String[] parts, boolean isDefault) {
        if (parts.length < 2
                || parts.length > 3
                || !ACL_BITS.matcher(parts[parts.length - 1]).matches()) {
            return false;
        }
        String type = parts[0];
        if (parts.length == 2) {
            boolean mask = List.of("m", "mask").contains(type);
            boolean other = List.of("o", "other").contains(type);
            return mask || (other || type.isEmpty() ? isDefault : true);
        }
        String name = parts[1];
        return switch (type) {
            case "m", "mask" -> name.isEmpty();
            case "o", "other" -> name.isEmpty() && isDefault;
            case "u", "user", "g", "group" -> isDefault || !name.isEmpty();
            default -> false;
        };
    }
}
