package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.ChangeSet;
import io.jenkins.plugins.awscicd.localaws.cloudformation.changeset.ChangeSets;
import io.jenkins.plugins.awscicd.localaws.cloudformation.resource.ResourceTypes;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.CloudFormationTiming;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Hooks;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Simulation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stack;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stacks;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stackset.StackSets;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** CloudFormation of one place, for tests: its stacks and change sets, and how the resources of stacks behave. */
public final class CloudFormation {

    private final Timeline timeline;
    private final StackViews views;
    private final Stacks stacks;
    private final ChangeSets changeSets;
    private final Tokens tokens;
    private final Drifts drifts;
    private final StackSets stackSets;
    private final Map<String, Map<String, String>> setOperations = new HashMap<>();
    private int pageSize = 100;

    /**
     * @param store what Parameter Store has under a name
     * @param places the CloudFormation of other accounts and regions
     */
    public CloudFormation(
            Place place,
            SimulatedTime time,
            CloudFormationTiming timing,
            Chance chance,
            S3 s3,
            ResourceTypes types,
            Function<String, Optional<String>> store,
            Stacks.Listener listener,
            Function<Place, CloudFormation> places) {
        timeline = new Timeline(time);
        views = new StackViews(timeline);
        stacks = new Stacks(place, timeline, timing, chance, types, s3, store, (stack, event) -> {
            views.received(stack);
            listener.received(stack, event);
        });
        changeSets = new ChangeSets(stacks);
        tokens = new Tokens(stacks);
        drifts = new Drifts(stacks);
        stackSets = new StackSets(stacks, other -> places.apply(other).stacks());
    }

    /** Has it behave in other ways than by default, from now on. */
    public CloudFormation speak(Collection<Dialect> ways) {
        synchronized (timeline) {
            stacks.speak(ways);
            return this;
        }
    }

    /** The same, in one other way. */
    public CloudFormation speak(Dialect way) {
        return speak(List.of(way));
    }

    /**
     * How the resources of a stack behave, which may be made only later.
     *
     * @param stackName of a nested stack {@code parent/LogicalId}
     */
    public Simulation simulation(String stackName) {
        synchronized (timeline) {
            return stacks.simulation(stackName);
        }
    }

    /** Whether there is such a stack, which is not deleted. */
    public boolean has(String stackName) {
        synchronized (timeline) {
            return stacks.find(stackName).isPresent();
        }
    }

    /**
     * A stack by its name, or by its id if it is deleted.
     *
     * @throws NoSuchElementException if there is none
     */
    public Stack stack(String nameOrId) {
        synchronized (timeline) {
            return stacks.find(nameOrId).orElseThrow(() -> new NoSuchElementException("No stack " + nameOrId));
        }
    }

    /** All stacks, deleted ones among them; oldest first. */
    public List<Stack> all() {
        synchronized (timeline) {
            return stacks.all();
        }
    }

    /** The change sets of a stack that there are; oldest first. */
    public List<ChangeSet> changeSets(Stack stack) {
        synchronized (timeline) {
            return changeSets.of(stack);
        }
    }

    /** Puts a hook in force. */
    public CloudFormation hook(Hooks.Hook hook) {
        synchronized (timeline) {
            stacks.hooks().add(hook);
            return this;
        }
    }

    /** Has an alarm of CloudWatch go off, which rolls back the operations that it is a trigger of. */
    public CloudFormation alarm(String arn) {
        timeline.run(() -> stacks.alarm(arn));
        return this;
    }

    /** How much is in one page of an answer; 100 by default. */
    public CloudFormation pageSize(int most) {
        synchronized (timeline) {
            pageSize = most;
            return this;
        }
    }

    /** Guards all that follows. */
    Timeline timeline() {
        return timeline;
    }

    Stacks stacks() {
        return stacks;
    }

    /** What DescribeStacks shows of a stack. */
    StackViews.View view(Stack stack) {
        return views.of(this, stack);
    }

    ChangeSets changeSets() {
        return changeSets;
    }

    Tokens tokens() {
        return tokens;
    }

    /** An organizational unit of AWS Organizations with these accounts, whose stack sets are managed by the service. */
    public CloudFormation organizationalUnit(String id, String... accounts) {
        stackSets().unit(id, List.of(accounts));
        return this;
    }

    /** The stack sets of this account and region. */
    public StackSets stackSets() {
        return stackSets;
    }

    /** Whether the operation of a stack set with this id was asked for in the same words before. */
    boolean repeated(String operationId, QueryInput input) {
        Map<String, String> before = setOperations.putIfAbsent(operationId, input.parameters());
        return before != null && before.equals(input.parameters());
    }

    Drifts drifts() {
        return drifts;
    }

    int pageSize() {
        return pageSize;
    }

    /** The stack that a request names. */
    Stack stack(QueryInput input) throws AwsError {
        String name = input.required("StackName");
        return stacks.find(name).orElseThrow(() -> Refusal.noStackWithId(name));
    }
}
