package io.jenkins.plugins.awscicd.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awscicd.engine.codedeploy.Marker;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.beanstalk.Environment;
import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.ChangeSet;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Event;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Operation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackStatus;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stackset.SetOperation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stackset.StackSet;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.Parameters;
import io.jenkins.plugins.awscicd.localaws.codebuild.Build;
import io.jenkins.plugins.awscicd.localaws.codebuild.batch.Batch;
import io.jenkins.plugins.awscicd.localaws.codedeploy.Deployment;
import io.jenkins.plugins.awscicd.localaws.codepipeline.Execution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What AWS did and has, as it knows it itself: what the engine says is held against this, never the other way round. */
final class Ledger {

    /** From this moment on an environment was like that. {@code deploying} is the label on its way; null if none is. */
    record State(Instant since, String environment, String cname, String label, String deploying) {}

    /** From this moment on instances of an environment ran a version under a name. */
    record Served(Instant since, String environment, String cname, String label) {}

    /** From this moment on a stack was like that. {@code value} is that of its parameter; null while it has none. */
    record StackState(Instant since, String id, String name, StackStatus status, String value, String token) {}

    /** From this moment on a stack set was like that. {@code value} is that of its parameter; null if there is no set. */
    record SetState(Instant since, String name, String value, List<String> instances) {}

    /** Of which run a deployment is, which nobody changes. */
    private final Map<Deployment, Integer> runs = new IdentityHashMap<>();

    private final LocalAws aws;
    private final Map<String, SetState> sets = new LinkedHashMap<>();
    private final List<SetState> setHistory = new ArrayList<>();
    private final Map<String, StackState> stacks = new LinkedHashMap<>();
    private final List<StackState> stackHistory = new ArrayList<>();
    private final Map<String, State> now = new LinkedHashMap<>();
    private final List<State> history = new ArrayList<>();
    private final Map<String, Served> serving = new LinkedHashMap<>();
    private final List<Served> served = new ArrayList<>();

    Ledger(LocalAws aws) {
        this.aws = aws;
    }

    private void lookAtSets() {
        for (StackSet is : aws.cloudFormation().stackSets().all()) {
            String value = is.deleted()
                    ? null
                    : is.settings().parameters().stream()
                            .filter(one -> one.key().equals(StackStep.PARAMETER))
                            .map(Parameters.Given::value)
                            .findFirst()
                            .orElse(null);
            List<String> instances = is.instances().stream()
                    .map(one -> one.account() + "/" + one.region())
                    .toList();
            SetState was = sets.get(is.id());
            if (was == null
                    || !Objects.equals(was.value(), value)
                    || !was.instances().equals(instances)) {
                SetState state = new SetState(aws.time().now(), is.name(), value, instances);
                sets.put(is.id(), state);
                setHistory.add(state);
            }
        }
    }

    /** How a stack set was in that time: first as it was when that began. */
    List<SetState> setHistory(String name, Instant from, Instant until) {
        List<SetState> states = new ArrayList<>(List.of(new SetState(Instant.MIN, name, null, List.of())));
        for (SetState state : setHistory) {
            if (state.name().equals(name) && !state.since().isAfter(until)) {
                if (!state.since().isAfter(from)) {
                    states.clear();
                }
                states.add(state);
            }
        }
        return states;
    }

    /** What was done to stack sets. */
    List<SetOperation> setOperations() {
        return aws.cloudFormation().stackSets().all().stream()
                .flatMap(set -> set.operations().stream())
                .toList();
    }

    /** Writes down what has changed; after each turn, so that nothing is missed. */
    void look() {
        lookAtStacks();
        lookAtSets();
        for (Environment is : aws.beanstalk().living()) {
            lookAtInstances(is);
            State was = now.get(is.name());
            if (was == null
                    || !Objects.equals(was.cname(), is.cname())
                    || !Objects.equals(was.label(), is.versionLabel())
                    || !Objects.equals(was.deploying(), is.deployingLabel())) {
                State state =
                        new State(aws.time().now(), is.name(), is.cname(), is.versionLabel(), is.deployingLabel());
                now.put(is.name(), state);
                history.add(state);
            }
        }
    }

    /** An environment without instances, for which EC2 had no room, has its version all the same. */
    private void lookAtInstances(Environment is) {
        if (!is.hasInstances()) {
            serving.remove(is.name());
            return;
        }
        Served was = serving.get(is.name());
        if (was == null || !was.cname().equals(is.cname()) || !was.label().equals(is.versionLabel())) {
            Served now = new Served(aws.time().now(), is.name(), is.cname(), is.versionLabel());
            serving.put(is.name(), now);
            served.add(now);
        }
    }

    /** What instances ran, in order. */
    List<Served> served() {
        return served;
    }

    private void lookAtStacks() {
        for (Stack is : aws.cloudFormation().all()) {
            StackState was = stacks.get(is.id());
            if (was == null || was.status() != is.status()) {
                List<Operation> operations = is.operations();
                String token = operations.isEmpty()
                        ? null
                        : operations.get(operations.size() - 1).token();
                StackState state = new StackState(aws.time().now(), is.id(), is.name(), is.status(), value(is), token);
                stacks.put(is.id(), state);
                stackHistory.add(state);
            }
        }
    }

    private static String value(Stack stack) {
        return stack.settings() == null
                ? null
                : stack.settings().parameters().get(StackStep.PARAMETER).value();
    }

    List<StackState> stackHistory() {
        return stackHistory;
    }

    /** When operations on stacks were begun with tokens that begin like this. */
    List<Instant> operations(String token, Set<String> types) {
        Map<String, Instant> begun = new LinkedHashMap<>();
        for (Stack stack : aws.cloudFormation().all()) {
            for (Event event : stack.events()) {
                Operation of = event.operation();
                if (of.token() != null && of.token().startsWith(token) && types.contains(of.type())) {
                    begun.putIfAbsent(of.id(), event.time());
                }
            }
        }
        return List.copyOf(begun.values());
    }

    /** The change sets of a token that are there and were not executed. */
    List<String> changeSets(String token) {
        return aws.cloudFormation().all().stream()
                .flatMap(stack -> aws.cloudFormation().changeSets(stack).stream())
                .filter(set -> set.name().contains(token) && !set.execution().startsWith("EXECUTE"))
                .map(ChangeSet::name)
                .toList();
    }

    List<State> history() {
        return history;
    }

    State now(String environment) {
        return now.get(environment);
    }

    /** Of a run, without those that AWS itself has made of a failed one. */
    List<Build> builds(int run) {
        return Places.ACCOUNTS.stream()
                .flatMap(account -> builds(account, run).stream())
                .toList();
    }

    private List<Build> builds(String account, int run) {
        String number = Integer.toString(run);
        return aws.codeBuild(Places.place(account)).builds().stream()
                .filter(build -> number.equals(build.settings().plainVariables().get(Places.RUN)))
                .toList();
    }

    /** Of a run, oldest first. */
    List<Batch> batches(int run) {
        String number = Integer.toString(run);
        return aws.codeBuild().batches().all().stream()
                .filter(batch -> number.equals(batch.plainVariables().get("RUN")))
                .toList();
    }

    /** Of a run, oldest first, without those that AWS has begun itself. */
    List<Deployment> deployments(int run) {
        return Places.ACCOUNTS.stream()
                .flatMap(account -> deployments(account, run).stream())
                .toList();
    }

    private List<Deployment> deployments(String account, int run) {
        return aws.codeDeploy(Places.place(account)).deployments().stream()
                .filter(one -> !one.rollback() && !one.autoScaling())
                .filter(one -> runs.computeIfAbsent(one, Ledger::run) == run)
                .toList();
    }

    /** What was uploaded is named after what is in it, and not after the run. */
    private static int run(Deployment one) {
        JsonNode request = one.request();
        String key = request.at("/revision/s3Location/key").asText();
        Marker marker = key.startsWith("jenkins/")
                ? Marker.in(request.path("description").asText())
                : null;
        return marker != null
                ? (int) marker.order()
                : key.matches("\\d+\\.zip") ? Integer.parseInt(key.replace(".zip", "")) : -1;
    }

    /** In which accounts something of a run was built, or deployed to a group. */
    Set<String> accounts(int run) {
        return Places.ACCOUNTS.stream()
                .filter(account -> !builds(account, run).isEmpty()
                        || !deployments(account, run).isEmpty())
                .collect(Collectors.toSet());
    }

    /** Of a run, oldest first. */
    List<Execution> executions(String pipeline, int run) {
        String number = Integer.toString(run);
        return aws.codePipeline().executions(pipeline).stream()
                .filter(one -> number.equals(one.variable(Places.RUN)))
                .toList();
    }

    /** How often AWS has begun to bring a run's version to an environment. */
    List<State> updates(int run) {
        String label = "v" + run;
        List<State> begun = new ArrayList<>();
        Map<String, String> before = new LinkedHashMap<>();
        for (State state : history) {
            if (label.equals(state.deploying()) && !label.equals(before.get(state.environment()))) {
                begun.add(state);
            }
            before.put(state.environment(), state.deploying());
        }
        return begun;
    }

    LocalAws aws() {
        return aws;
    }
}
