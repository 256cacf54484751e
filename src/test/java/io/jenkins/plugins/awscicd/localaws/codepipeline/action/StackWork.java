package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

import io.jenkins.plugins.awscicd.localaws.s3.S3;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** A stack of CloudFormation is created or updated (CREATE_UPDATE), or deleted (DELETE_ONLY). */
public record StackWork(ActionRun action, CloudFormationClient cloudFormation, S3 s3, String console)
        implements ActionWork {

    @Override
    public State begin() {
        String name = action.configured("StackName");
        String mode = action.configured("ActionMode");
        if (mode.equals("DELETE_ONLY")) {
            Stack stack = find(name);
            if (stack == null) {
                return State.SUCCEEDED;
            }
            known(stack.stackId());
            cloudFormation.deleteStack(it -> it.stackName(name));
            return State.RUNNING;
        }
        if (!mode.equals("CREATE_UPDATE")) {
            throw new IllegalArgumentException("Local AWS does not carry out ActionMode " + mode);
        }
        String template = template();
        String[] capabilities =
                action.configuration.getOrDefault("Capabilities", "").split(",");
        List<Parameter> parameters = parameters();
        List<String> granted = capabilities[0].isEmpty() ? List.of() : List.of(capabilities);
        if (find(name) == null) {
            known(cloudFormation
                    .createStack(it -> it.stackName(name)
                            .templateBody(template)
                            .parameters(parameters)
                            .capabilitiesWithStrings(granted))
                    .stackId());
            return State.RUNNING;
        }
        try {
            known(cloudFormation
                    .updateStack(it -> it.stackName(name)
                            .templateBody(template)
                            .parameters(parameters)
                            .capabilitiesWithStrings(granted))
                    .stackId());
        } catch (CloudFormationException e) {
            if (String.valueOf(e.getMessage()).contains("No updates")) {
                return State.SUCCEEDED;
            }
            throw e;
        }
        return State.RUNNING;
    }

    private void known(String id) {
        action.externalId = id;
        action.externalUrl = console + "cloudformation/home#/stacks/stackinfo?stackId=" + id;
    }

    private Stack find(String name) {
        try {
            return cloudFormation
                    .describeStacks(it -> it.stackName(name))
                    .stacks()
                    .get(0);
        } catch (CloudFormationException e) {
            return null;
        }
    }

    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        String json = action.configuration.get("ParameterOverrides");
        if (json != null) {
            Json.parse(json)
                    .fields()
                    .forEachRemaining(one -> parameters.add(Parameter.builder()
                            .parameterKey(one.getKey())
                            .parameterValue(one.getValue().asText())
                            .build()));
        }
        return parameters;
    }

    /** Named as {@code Artifact::path}. */
    private String template() {
        String[] path = action.configured("TemplatePath").split("::");
        Artifact input = action.inputs.stream()
                .filter(one -> one.name().equals(path[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no input artifact " + path[0]));
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(s3.bytes(input.bucket(), input.key())))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(path[1])) {
                    return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalArgumentException("File [" + path[1] + "] does not exist in artifact [" + path[0] + "]");
    }

    @Override
    public State look() {
        Stack stack = find(action.externalId);
        String status = stack == null ? "DELETE_COMPLETE" : stack.stackStatusAsString();
        if (status.endsWith("_IN_PROGRESS")) {
            return State.RUNNING;
        }
        switch (status) {
            case "CREATE_COMPLETE", "UPDATE_COMPLETE", "DELETE_COMPLETE" -> {
                if (stack != null) {
                    stack.outputs().forEach(one -> action.outputVariables.put(one.outputKey(), one.outputValue()));
                }
                return State.SUCCEEDED;
            }
            default -> {
                action.errorCode = "JobFailed";
                action.errorMessage = "Stack " + stack.stackName() + " is in " + status;
                return State.FAILED;
            }
        }
    }
}
