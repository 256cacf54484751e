package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What updates may do to resources ("Prevent updates to stack resources"): with a policy, nothing but what it allows. */
final class StackPolicy {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode statements;

    private StackPolicy(JsonNode statements) {
        this.statements = statements;
    }

    /** Empty if the stack has none. */
    static Optional<StackPolicy> of(Stack stack) {
        if (stack.policy() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StackPolicy(JSON.readTree(stack.policy()).path("Statement")));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * Why something must not be done; empty if it may.
     *
     * @param action Update:Modify, Update:Replace or Update:Delete
     */
    Optional<String> denies(String action, StackResource resource) {
        boolean allowed = false;
        for (int i = 0; i < statements.size(); i++) {
            JsonNode statement = statements.get(i);
            if (covers(statement, action, resource)) {
                if (statement.path("Effect").asText().equals("Deny")) {
                    return Optional.of(
                            "Action denied by stack policy: Statement [#" + (i + 1) + "] does not allow [Update:*] for"
                                    + " resource [LogicalResourceId/" + resource.logicalId() + "];");
                }
                allowed = true;
            }
        }
        return allowed
                ? Optional.empty()
                : Optional.of("Action not allowed by stack policy: no statement allows [" + action + "] for resource"
                        + " [LogicalResourceId/" + resource.logicalId() + "];");
    }

    private static boolean covers(JsonNode statement, String action, StackResource resource) {
        JsonNode types = statement.path("Condition").path("StringEquals").path("ResourceType");
        boolean named = matches(texts(statement.path("Resource")), "LogicalResourceId/" + resource.logicalId())
                || statement.has("NotResource")
                        && !matches(texts(statement.path("NotResource")), "LogicalResourceId/" + resource.logicalId());
        return named
                && matches(texts(statement.path("Action")), action)
                && (types.isMissingNode() || texts(types).contains(resource.type()));
    }

    private static boolean matches(List<String> patterns, String text) {
        return patterns.stream()
                .anyMatch(pattern -> Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), text));
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(one -> texts.add(one.asText()));
        return texts;
    }
}
