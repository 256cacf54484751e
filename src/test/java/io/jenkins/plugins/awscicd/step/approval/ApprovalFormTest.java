package io.jenkins.plugins.awscicd.step.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.ChoiceParameterDefinition;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalRequest;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.SnippetRoundTrips;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.Test;

/** {@code awsApproval} as the Snippet Generator writes it, and as it is after its form was shown and submitted. */
@WithSharedJenkins
class ApprovalFormTest extends SnippetRoundTrips {

    private static AwsApprovalStep.DescriptorImpl descriptor() {
        return Jenkins.get().getDescriptorByType(AwsApprovalStep.DescriptorImpl.class);
    }

    @Test
    void onlyTheMessage() throws Exception {
        AwsApprovalStep step = new AwsApprovalStep("Ship it?");
        assertEquals("awsApproval 'Ship it?'", Snippetizer.object2Groovy(step));
        assertEquals("awsApproval 'Ship it?'", Snippetizer.object2Groovy(throughTheForm(step)));
    }

    @Test
    void everyOption() throws Exception {
        AwsApprovalStep step = new AwsApprovalStep("Ship it?");
        step.setStage("prod");
        step.setWhat("web 1.4.2");
        step.setRevision("3f2a1bc");
        step.setLink("https://example.com/1.4.2");
        step.setApprovers("alice,release-team");
        step.setApprovals(2);
        step.setForbidSelfApproval(true);
        step.setCommentRequired(true);
        step.setAdministratorsExempt(true);
        step.setOk("Ship");
        step.setCancel("Not yet");
        step.setTimeout(8);
        step.setUnit("HOURS");
        step.setOnTimeout("abort");
        step.setNotify("arn:aws:sns:eu-west-1:123456789012:approvals");
        step.setParameters(List.of(
                new StringParameterDefinition("VERSION", "1", "which"),
                new ChoiceParameterDefinition("SPEED", new String[] {"slow", "fast"}, null)));
        step.setRegion("eu-west-1");
        step.setCredentialsId("deployer");
        step.setRole("arn:aws:iam::123456789012:role/notifier");
        step.setExternalId("jenkins");
        step.setRoleSessionName("approvals");
        step.setEndpoint("https://vpce.example.com");
        for (DescribableParameter parameter : new DescribableModel<>(AwsApprovalStep.class).getParameters()) {
            assertTrue(
                    DescribableModel.uninstantiate2_(step).getArguments().containsKey(parameter.getName()),
                    () -> parameter.getName() + " is not part of the full step");
        }
        String snippet = "awsApproval administratorsExempt: true, approvals: 2, approvers: 'alice,release-team',"
                + " cancel: 'Not yet', commentRequired: true, credentialsId: 'deployer', endpoint: 'https://vpce.example.com',"
                + " externalId: 'jenkins', forbidSelfApproval: true, link: 'https://example.com/1.4.2',"
                + " message: 'Ship it?', notify: 'arn:aws:sns:eu-west-1:123456789012:approvals', ok: 'Ship',"
                + " onTimeout: 'abort', parameters: [string(defaultValue: '1', description: 'which', name: 'VERSION'),"
                + " choice(choices: ['slow', 'fast'], name: 'SPEED')], region: 'eu-west-1', revision: '3f2a1bc',"
                + " role: 'arn:aws:iam::123456789012:role/notifier', roleSessionName: 'approvals', stage: 'prod',"
                + " timeout: 8, unit: 'HOURS', what: 'web 1.4.2'";
        assertEquals(snippet, Snippetizer.object2Groovy(step));
        assertEquals(snippet, Snippetizer.object2Groovy(throughTheForm(step)));
    }

    @Test
    void everyArgumentIsKnownToTheEngine() {
        Set<String> arguments = new DescribableModel<>(AwsApprovalStep.class)
                .getParameters().stream()
                        .map(DescribableParameter::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(arguments.containsAll(ApprovalRequest.names()), arguments::toString);
        arguments.removeAll(ApprovalRequest.names());
        assertEquals(
                Set.of("parameters", "region", "credentialsId", "role", "externalId", "roleSessionName", "endpoint"),
                arguments);
    }

    @Test
    void dropDownsHaveTheEnginesWords() throws Exception {
        Matcher words = Pattern.compile("field=\"(\\w+)\">\\s*<a:choice words=\"([^\"]*)\"")
                .matcher(Files.readString(Path.of(
                        "src/main/resources/io/jenkins/plugins/awscicd/step/approval/AwsApprovalStep/config.jelly")));
        int found = 0;
        while (words.find()) {
            found++;
            String field = words.group(1);
            for (String word : words.group(2).split(",")) {
                assertEquals(
                        List.of(),
                        new ApprovalRequest(new HashMap<>(Map.of("message", "?", "timeout", 1, field, word)))
                                .problems(user -> true, List.of()));
            }
            String problem = new ApprovalRequest(Map.of(field, "no such word"))
                    .problems(user -> true, List.of())
                    .get(0);
            if (field.equals("onTimeout")) {
                List<String> known = Arrays.asList(words.group(2).split(","));
                assertTrue(problem.endsWith("use one of " + String.join(", ", known)), problem);
            }
        }
        assertEquals(2, found);
    }

    @Test
    void listsAndTextsAreWhatTheyStandFor() throws Exception {
        AwsApprovalStep step = (AwsApprovalStep)
                descriptor().newInstance(new HashMap<>(Map.of("message", "?", "approvers", List.of("alice", "bob"))));
        assertEquals("alice,bob", step.getApprovers());
    }

    @Test
    void argumentsInWords() {
        assertEquals("prod: Ship it?", descriptor().argumentsToString(Map.of("message", "Ship it?", "stage", "prod")));
        assertEquals("Ship it?", descriptor().argumentsToString(Map.of("message", "Ship it?", "what", 5)));
        assertEquals("prod", descriptor().argumentsToString(Map.of("message", 1, "stage", "prod")));
        assertNull(descriptor().argumentsToString(Map.of()));
    }

    @Test
    void filesAreNoParameters() {
        assertFalse(descriptor().getParameterDescriptors().stream()
                .anyMatch(parameter -> parameter.clazz == hudson.model.FileParameterDefinition.class));
    }
}
