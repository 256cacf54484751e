package io.jenkins.plugins.awscicd.rehearsal.step.standard;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import io.jenkins.plugins.awscicd.rehearsal.stage.People;
import io.jenkins.plugins.awscicd.rehearsal.step.Answers;
import io.jenkins.plugins.awscicd.rehearsal.step.Approval;
import java.io.IOException;
import java.util.Collection;

/** The steps that every Jenkins with Pipeline has. */
public final class StandardSteps {

    private final Delivery delivery;
    private final People people;
    private final Approval approval;
    private final Answers answers;
    private final Collection<String> leftOut;

    /** @param leftOut names of steps that are to be left out besides those that are known to do nothing here */
    public StandardSteps(
            Delivery delivery, People people, Approval approval, Answers answers, Collection<String> leftOut) {
        this.delivery = delivery;
        this.people = people;
        this.approval = approval;
        this.answers = answers;
        this.leftOut = leftOut;
    }

    public void addTo(Steps steps) throws IOException, InterruptedException {
        new PluginSteps(delivery).addTo(steps, leftOut);
        new BasicSteps(delivery).addTo(steps);
        new FlowSteps(delivery).addTo(steps);
        new ShellSteps(delivery).addTo(steps);
        new FileSteps(delivery).addTo(steps);
        new DataSteps(delivery).addTo(steps);
        new CredentialSteps(delivery).addTo(steps);
        new ParameterSteps(delivery).addTo(steps);
        new CheckoutStep(delivery).addTo(steps);
        new InputStep(delivery, people, approval, answers).addTo(steps);
    }
}
