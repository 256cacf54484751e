package io.jenkins.plugins.awscicd.engine.cloudformation.changeset;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Roles that a resource is given, by its properties: what is called so, and whatever is the ARN of a role. Policies name roles to say
 * who may do something, which gives them to nobody.
 */
final class RoleValues {

    private static final Pattern KEY =
            Pattern.compile("(?i).*role(s|name|arn|arns)?|.*instanceprofile(name|arn)?", Pattern.DOTALL);
    private static final Pattern ARN =
            Pattern.compile("(?i)arn:[^:]*:iam::\\d{12}:(role|instance-profile)/[^\\s*]+", Pattern.DOTALL);

    private final Set<String> roles = new LinkedHashSet<>();

    private RoleValues() {}

    @NonNull
    static Set<String> of(@NonNull Map<?, ?> properties) {
        RoleValues values = new RoleValues();
        values.read("", properties);
        return values.roles;
    }

    private void read(String key, Object value) {
        if (value instanceof Map<?, ?> map) {
            if (map.containsKey("OptionName")) { // of an environment
                read(String.valueOf(map.get("OptionName")), map.get("Value"));
            } else if (!map.containsKey("Statement")) {
                map.forEach((name, one) -> read(inside(key, name), one));
            }
        } else if (value instanceof Collection<?> list) {
            list.forEach(one -> read(key, one));
        } else if (value instanceof String text && !text.contains("{{")) {
            String role = text.strip();
            if (ARN.matcher(role).matches() || KEY.matcher(key).matches() && !role.isEmpty()) {
                roles.add(role);
            }
        }
    }

    /** Such as the {@code Arn} or the {@code Name} of an {@code IamInstanceProfile}. */
    private static String inside(String key, Object name) {
        String own = String.valueOf(name);
        return own.equals("Arn") || own.equals("Name") ? key + own : own;
    }
}
