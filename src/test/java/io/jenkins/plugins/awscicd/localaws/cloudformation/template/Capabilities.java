package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a template may do only if the request says that it may. */
public final class Capabilities {

    private static final String IAM = "CAPABILITY_IAM";
    private static final String NAMED = "CAPABILITY_NAMED_IAM";
    private static final String EXPAND = "CAPABILITY_AUTO_EXPAND";
    /** Types that need one, and the property by which they are given a name of their own. */
    private static final Map<String, String> TYPES = Map.of(
            "AWS::IAM::AccessKey", "",
            "AWS::IAM::Group", "GroupName",
            "AWS::IAM::InstanceProfile", "InstanceProfileName",
            "AWS::IAM::ManagedPolicy", "ManagedPolicyName",
            "AWS::IAM::Policy", "",
            "AWS::IAM::Role", "RoleName",
            "AWS::IAM::User", "UserName",
            "AWS::IAM::UserToGroupAddition", "");

    private final Template template;

    public Capabilities(Template template) {
        this.template = template;
    }

    public List<String> needed() {
        List<String> needed = new ArrayList<>();
        if (!types().isEmpty()) {
            needed.add(named() ? NAMED : IAM);
        }
        if (!template.transforms().isEmpty()) {
            needed.add(EXPAND);
        }
        return needed;
    }

    /** Why; {@code null} if nothing is needed. */
    public String reason() {
        if (!types().isEmpty()) {
            return "The following resource(s) require capabilities: [" + String.join(", ", types()) + "]";
        }
        return template.transforms().isEmpty()
                ? null
                : "The following macro(s) require capabilities: " + template.transforms();
    }

    /** Those of the needed ones that a request lacks. */
    public List<String> missing(Collection<String> given) {
        List<String> missing = needed();
        missing.removeAll(given);
        if (given.contains(NAMED)) {
            missing.remove(IAM);
        }
        return missing;
    }

    private Set<String> types() {
        Set<String> types = new TreeSet<>();
        for (ResourceSpec resource : template.resources().values()) {
            if (TYPES.containsKey(resource.type())) {
                types.add(resource.type());
            }
        }
        return types;
    }

    private boolean named() {
        return template.resources().values().stream()
                .anyMatch(resource -> resource.properties().has(TYPES.getOrDefault(resource.type(), "")));
    }
}
