package io.jenkins.plugins.awscicd.engine.cloudformation.changeset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Touched;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * Asks the gate about a stack as AWS shows it: with the stacks that it is nested in, the role that it was once given, and whatever else goes
 * with it. The methods block: they are run by a lane.
 */
public final class StackGuards {

    /** Of stacks in each other. */
    private static final int DEEPEST = 20;

    private final AwsSession session;
    private final StackRequest request;
    private final Gate gate;
    private volatile List<String> within = List.of();

    public StackGuards(@NonNull AwsSession session, @NonNull StackRequest request, @NonNull Gate gate) {
        this.session = session;
        this.request = request;
        this.gate = gate;
    }

    /** Whether anybody may refuse anything. */
    public boolean isGuarded() {
        return gate.isGuarded();
    }

    /**
     * Takes note of what AWS shows.
     *
     * @param begins whether something is about to be begun, and the gate is to be asked
     */
    public void look(@NonNull Optional<Stack> now, boolean begins) {
        within = now.map(this::within).orElse(List.of());
        if (begins) {
            String own = now.map(Stack::roleARN).orElse(null); // AWS works with it unless another one is named
            gate.look(where(), own == null || request.has("roleArn") ? List.of() : List.of(own));
        }
    }

    /**
     * What a stack shows is for those who may begin something with it.
     *
     * @throws io.jenkins.plugins.awscicd.engine.job.Refused if it is not to be shown
     */
    public void show(@NonNull Stack now) {
        within = within(now);
        gate.look(where(), List.of());
    }

    /** Its parent first. */
    private List<String> within(Stack stack) {
        List<String> parents = new ArrayList<>();
        String parent = stack.parentId();
        String root = stack.rootId();
        while (parent != null && parents.size() < DEEPEST) {
            parents.add(StackSnapshot.name(parent));
            // Which stacks are between them makes a difference to guards alone.
            parent = parent.equals(root) || !gate.isGuarded() ? null : parentOf(parent);
        }
        if (root != null && !parents.contains(StackSnapshot.name(root))) {
            parents.add(StackSnapshot.name(root));
        }
        return parents;
    }

    @CheckForNull
    private String parentOf(String stackId) {
        return CloudFormationService.find(session, stackId).map(Stack::parentId).orElse(null);
    }

    private Gate.Where where() {
        return new Gate.Where(request.stack(), request.stack(), null, within);
    }

    /** @throws io.jenkins.plugins.awscicd.engine.job.Refused if it is not to be done */
    public void pass(@NonNull Gate.What what, @NonNull List<Touched> touched) {
        if (gate.isGuarded()) { // people may have been asked for days since it was looked at
            look(CloudFormationService.find(session, request.stack()), true);
        }
        gate.touch(touched);
        gate.pass(where(), what);
    }

    /** The same of what is done to all that the stack has. */
    public void passAll(@NonNull Gate.What what, @NonNull String stackId) {
        pass(what, gate.isGuarded() ? TouchedResources.of(session, stackId) : List.of());
    }
}
