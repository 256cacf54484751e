package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stacks as AWS shows them, of which somebody knows more than is shown: nothing is taken for an end that is none to them. */
public abstract class JudgedStacks implements JobService<StackSnapshot> {

    protected final CloudFormationService service = new CloudFormationService();

    /** What counts, of what was seen. */
    @NonNull
    protected abstract StackSnapshot judged(@NonNull StackSnapshot now);

    @Override
    @NonNull
    public final String observeAction() {
        return service.observeAction();
    }

    @Override
    public final int batchSize() {
        return service.batchSize();
    }

    @Override
    @NonNull
    public final Map<String, StackSnapshot> observe(@NonNull AwsSession session, @NonNull List<String> ids) {
        Map<String, StackSnapshot> seen = new HashMap<>(service.observe(session, ids));
        seen.replaceAll((id, now) -> judged(now));
        return seen;
    }

    @Override
    @NonNull
    public final String stopAction() {
        return service.stopAction();
    }

    @Override
    @NonNull
    public final Duration stopGrace() {
        return service.stopGrace();
    }
}
