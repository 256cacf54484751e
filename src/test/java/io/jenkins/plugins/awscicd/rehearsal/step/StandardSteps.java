package io.jenkins.plugins.awscicd.rehearsal.step;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.io.IOException;

/** The steps that every Jenkins with Pipeline has. */
public final class StandardSteps {

    private final Delivery delivery;
    private final Approval approval;
    private final Answers answers;

    public StandardSteps(Delivery delivery, Approval approval, Answers answers) {
        this.delivery = delivery;
        this.approval = approval;
        this.answers = answers;
    }

    public void addTo(Steps steps) throws IOException, InterruptedException {
        new BasicSteps(delivery).addTo(steps);
        new FlowSteps(delivery).addTo(steps);
        new ShellSteps(delivery).addTo(steps);
        new FileSteps(delivery).addTo(steps);
        new CredentialSteps(delivery).addTo(steps);
        new ParameterSteps(delivery).addTo(steps);
        new CheckoutStep(delivery).addTo(steps);
        new InputStep(delivery, approval, answers).addTo(steps);
    }
}
