package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import io.jenkins.plugins.awscicd.rehearsal.stage.People;
import java.io.IOException;

/** The steps that every Jenkins with Pipeline has. */
public final class StandardSteps {

    private final Delivery delivery;
    private final People people;
    private final Approval approval;
    private final Answers answers;

    public StandardSteps(Delivery delivery, People people, Approval approval, Answers answers) {
        this.delivery = delivery;
        this.people = people;
        this.approval = approval;
        this.answers = answers;
    }

    public void addTo(Steps steps) throws IOException, InterruptedException {
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
