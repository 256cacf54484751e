package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.cloudformation.JudgedStacks;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest.Aim;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackSnapshot;
import io.jenkins.plugins.awscicd.engine.job.ForwardingProgressLog;
import io.jenkins.plugins.awscicd.engine.job.RemoteJob;
import io.jenkins.plugins.awscicd.engine.job.execution.FollowedEnd;
import io.jenkins.plugins.awscicd.engine.job.execution.FollowedStart;
import io.jenkins.plugins.awscicd.engine.job.execution.Following;
import io.jenkins.plugins.awscicd.engine.time.Scheduler;
import io.jenkins.plugins.awscicd.engine.watch.Watcher;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Reports what somebody else does with a stack: until they say that it has ended, a stack at rest may be one that is not begun with yet. */
final class FollowedStack extends ForwardingProgressLog<StackSnapshot> {

    private final Following at;
    private final StackJournal journal;

    private FollowedStack(Following at, StackJournal journal, StackProgressLog progressLog) {
        super(progressLog);
        this.at = at;
        this.journal = journal;
    }

    static RemoteJob<StackSnapshot> follow(
            Scheduler scheduler, Watcher watcher, Following at, String stack, boolean deletes) {
        StackJournal journal = StackJournal.ofFollowed(at.journal());
        StackLines lines = new StackLines(deletes ? Aim.DELETE : Aim.DEPLOY, () -> 0);
        StackProgressLog progressLog =
                new StackProgressLog(at.session(), scheduler, at.console(), journal, lines, at.since());
        RemoteJob<StackSnapshot> job = new RemoteJob<>(
                at.session(),
                new Service(at.ended()),
                new FollowedStack(at, journal, progressLog),
                at.console(),
                new FollowedEnd<>(at.over()),
                scheduler,
                watcher,
                (now, stopping) -> progressLog.isOvertaken());
        progressLog.listen(job::reconsider);
        job.start(new FollowedStart(
                at,
                scheduler,
                CloudFormationService.DESCRIBE,
                "stack '" + stack + "'",
                () -> find(at.session(), stack, journal)));
        return job;
    }

    /** What was found before a restart may have been deleted since: its name leads to none then, or to another one. */
    private static Optional<String> find(AwsSession session, String stack, StackJournal journal) {
        return journal.isBegun()
                ? Optional.of(journal.stackId())
                : CloudFormationService.find(session, stack).map(Stack::stackId);
    }

    @Override
    public void looked(StackSnapshot now) {
        if (!journal.isBegun()) {
            at.console()
                    .link(
                            "Watching stack " + now.name(),
                            AwsConsole.stack(at.session().region(), now.id()));
            at.console().flush();
            journal.begin(now.id(), null, "");
        }
        super.looked(now);
    }

    /** What is at rest counts as the end only once that was said. */
    private static final class Service extends JudgedStacks {

        private final BooleanSupplier ended;

        Service(BooleanSupplier ended) {
            this.ended = ended;
        }

        @Override
        protected StackSnapshot judged(StackSnapshot now) {
            return ended.getAsBoolean() ? now : now.unconfirmed();
        }

        @Override
        public void stop(AwsSession session, String id) {
            // it is somebody else's
        }
    }
}
