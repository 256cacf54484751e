package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackSettings;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stacks;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Capabilities;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ParameterValue;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Parameters;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Template;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.TemplateError;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What requests say of how a stack is to be. */
final class Requests {

    private static final int LARGEST_BODY = 51_200;
    private static final int MOST_TAGS = 50;

    private Requests() {}

    /** @param stack what is not said again is kept of it; {@code null} for a new one */
    static StackSettings settings(Stacks stacks, Stack stack, QueryInput input) throws AwsError {
        StackSettings before = stack == null ? null : stack.settings();
        try {
            Template template = template(stacks, before, input);
            Map<String, ParameterValue> previous = before == null ? Map.of() : before.parameters();
            Map<String, ParameterValue> parameters =
                    new Parameters(template, stacks::stored).values(parameters(input, "Parameters"), previous);
            List<String> capabilities = input.texts("Capabilities");
            List<String> missing = new Capabilities(template).missing(capabilities);
            if (!missing.isEmpty()) {
                throw AwsError.badRequest("InsufficientCapabilitiesException", "Requires capabilities : " + missing);
            }
            return new StackSettings(
                    template,
                    parameters,
                    tags(before, input, stacks.speaks(Dialect.EMPTY_TAGS_KEPT)),
                    capabilities,
                    input.text("RoleARN", before == null ? null : before.roleArn()),
                    topics(before, input),
                    triggers(before, input));
        } catch (TemplateError e) {
            throw Refusal.validation(e.getMessage());
        }
    }

    static Template template(Stacks stacks, StackSettings before, QueryInput input) throws AwsError, TemplateError {
        String body = input.text("TemplateBody");
        String url = input.text("TemplateURL");
        if (Refusal.flag(input, "UsePreviousTemplate")) {
            if (before == null) {
                throw Refusal.validation("Either Template URL or Template Body must be specified.");
            }
            return before.template();
        }
        if (body != null && url != null || body == null && url == null) {
            throw Refusal.validation("Either Template URL or Template Body must be specified.");
        }
        return Template.parse(text(stacks, body, url));
    }

    private static String text(Stacks stacks, String body, String url) throws AwsError, TemplateError {
        if (body == null) {
            return stacks.templates().text(url);
        }
        if (body.isEmpty()) {
            throw Refusal.constraint("templateBody", "", "Member must have length greater than or equal to 1");
        }
        if (body.getBytes(StandardCharsets.UTF_8).length > LARGEST_BODY) {
            throw Refusal.constraint(
                    "templateBody", body, "Member must have length less than or equal to " + LARGEST_BODY);
        }
        return body;
    }

    static List<Parameters.Given> parameters(QueryInput input, String member) {
        List<Parameters.Given> given = new ArrayList<>();
        for (QueryInput one : input.items(member + ".member")) {
            given.add(new Parameters.Given(
                    one.text("ParameterKey"), one.text("ParameterValue"), Refusal.flag(one, "UsePreviousValue")));
        }
        return given;
    }

    /** @param empty whether an empty list counts as none that is given */
    static Map<String, String> tags(StackSettings before, QueryInput input, boolean empty) throws AwsError {
        Map<String, String> tags = new LinkedHashMap<>();
        List<QueryInput> given = input.items("Tags.member");
        if (given.size() > MOST_TAGS) {
            throw Refusal.constraint("tags", "[...]", "Member must have length less than or equal to " + MOST_TAGS);
        }
        for (QueryInput tag : given) {
            tags.put(tag.text("Key"), tag.text("Value"));
        }
        return tags.isEmpty() && before != null && (empty || input.text("Tags") == null) ? before.tags() : tags;
    }

    private static List<String> topics(StackSettings before, QueryInput input) {
        boolean said = input.text("NotificationARNs") != null || input.text("NotificationARNs.member.1") != null;
        return said || before == null ? input.texts("NotificationARNs") : before.notificationArns();
    }

    private static StackSettings.RollbackTriggers triggers(StackSettings before, QueryInput input) {
        boolean said = input.parameters().keySet().stream().anyMatch(name -> name.startsWith("RollbackConfiguration"));
        if (!said) {
            return before == null ? StackSettings.RollbackTriggers.NONE : before.triggers();
        }
        List<StackSettings.Trigger> triggers = new ArrayList<>();
        for (QueryInput one : input.items("RollbackConfiguration.RollbackTriggers.member")) {
            triggers.add(new StackSettings.Trigger(one.text("Arn"), one.text("Type")));
        }
        String minutes = input.text("RollbackConfiguration.MonitoringTimeInMinutes", "0");
        return new StackSettings.RollbackTriggers(triggers, Duration.ofMinutes(Long.parseLong(minutes)));
    }
}
