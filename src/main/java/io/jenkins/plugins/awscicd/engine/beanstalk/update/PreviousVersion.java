package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.BegunUpdate;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EnvironmentService;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EventReader;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.StepFailure;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.UpdateJournal;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.ApplicationVersions;
import io.jenkins.plugins.awscicd.engine.beanstalk.version.VersionContent;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;
import software.amazon.awssdk.services.elasticbeanstalk.model.InstancesHealthAttribute;
import software.amazon.awssdk.services.elasticbeanstalk.model.SingleInstanceHealth;
import software.amazon.awssdk.services.elasticbeanstalk.model.UpdateEnvironmentRequest;

/** Has the version that was there before an update deployed again, exactly once, if nothing speaks against it. */
final class PreviousVersion {

    static final String ACTION = "elasticbeanstalk:UpdateEnvironment";

    /** What has come of an attempt. */
    enum State {
        /** The version is on its way back. */
        ASKED,
        /** It is back already. */
        THERE,
        /** Something else is being done to the environment by the update that has failed. */
        EARLY
    }

    private final Step step;
    private final UpdateJournal journal;
    private final UpdateJournal part;
    private final UpdateOnce update;
    private final BooleanSupplier wanted;

    /**
     * @param part of the step's journal
     * @param wanted false once nobody waits for it any more, and it is not to be begun
     */
    PreviousVersion(Step step, UpdateJournal part, BooleanSupplier wanted) {
        this.step = step;
        this.journal = step.journal();
        this.part = part;
        this.wanted = wanted;
        this.update = new UpdateOnce(step.of(part), (environment, request) -> {});
    }

    /**
     * Run by a lane, and again after a call without an answer: so it looks first each time. Blocks, calls AWS.
     *
     * @throws StepFailure if it cannot, or must not, be brought back
     */
    @NonNull
    State bringBack(@NonNull String environmentId) {
        String previous = journal.previous();
        if (previous.isEmpty()) {
            throw new StepFailure("there was no previous version");
        }
        if (previous.equals(journal.label())) {
            throw new StepFailure("'" + previous + "' was the previous version, too");
        }
        EnvironmentSnapshot now = EnvironmentService.find(step.session(), environmentId);
        if (now == null || now.ended()) {
            throw new StepFailure("the environment no longer exists");
        }
        Sides sides = Sides.kept(journal);
        if (sides != null && now.cname().equals(sides.cname())) {
            throw new StepFailure("it has become live");
        }
        String failed = journal.request();
        if (update.isBegun(
                now,
                previous,
                failed,
                "",
                part.firstAsked(),
                since -> BegunUpdate.since(step.session(), environmentId, since))) {
            return State.ASKED;
        }
        switch (failed == null ? EventReader.Since.UNKNOWN : EventReader.since(step.session(), environmentId, failed)) {
            case UPDATED -> throw new StepFailure("something else has updated it since");
            case UNKNOWN -> throw new StepFailure(EventReader.unseen("the environment")); // the version may be well
            case NOTHING -> {}
        }
        if (!now.versionLabel().isEmpty() && journal.isThird(now.versionLabel())) {
            // What AWS tells may be of their update, taken for ours: then nothing was begun since.
            throw new StepFailure("somebody else has deployed '" + now.versionLabel() + "'");
        }
        if (!now.ready()) {
            return State.EARLY;
        }
        return now.versionLabel().equals(previous) && allRun(now, previous) ? State.THERE : ask(now, previous);
    }

    private State ask(EnvironmentSnapshot now, String previous) {
        String overwritten = VersionContent.overwritten(step.session(), now.application(), previous);
        if (overwritten != null) {
            throw new StepFailure(overwritten + ", from which '" + previous
                    + "' was created, has been overwritten, and AWS would deploy the new content");
        }
        String cname = journal.previousCname();
        boolean others = cname != null && !cname.equals(now.cname());
        if (!wanted.getAsBoolean()) {
            throw new CancellationException();
        }
        part.label(previous);
        try {
            update.ask(now, previous, others, UpdateEnvironmentRequest.builder().versionLabel(previous));
            return State.ASKED;
        } catch (Refused e) {
            throw new StepFailure("it got " + now.cname() + " in the meantime: " + e.getMessage());
        } catch (EnvironmentBusy e) {
            return State.EARLY;
        } catch (ElasticBeanstalkException e) {
            if (ApplicationVersions.isGone(e)) {
                throw new StepFailure(ApplicationVersions.gone(previous));
            }
            throw e;
        }
    }

    /** Without enhanced health nobody can tell: then it is deployed again. */
    private boolean allRun(EnvironmentSnapshot now, String label) {
        try {
            return EnvironmentService.instances(step.session(), now.id(), InstancesHealthAttribute.DEPLOYMENT)
                    .flatMap(page -> page.instanceHealthList().stream())
                    .allMatch(one -> runs(one, label));
        } catch (ElasticBeanstalkException e) {
            if (e.statusCode() >= 500) {
                throw e;
            }
            return false;
        }
    }

    private static boolean runs(SingleInstanceHealth instance, String label) {
        return instance.deployment() != null
                && label.equals(instance.deployment().versionLabel())
                && "Deployed".equals(instance.deployment().status());
    }
}
