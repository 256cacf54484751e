package io.jenkins.plugins.awscicd.rehearsal.delivery;

/** The credentials of a rehearsal: it has none of its own, the terminal's environment variables stand for them. */
public final class Secrets {

    private final Delivery delivery;

    public Secrets(Delivery delivery) {
        this.delivery = delivery;
    }

    /**
     * The value for a variable that a Jenkinsfile wants to have from credentials.
     *
     * @param credentialsId what the Jenkinsfile calls the credentials
     * @throws StepFailure naming the variable that is to be set
     */
    public String ofTerminal(String variable, Object credentialsId) {
        String value = delivery.env().ofTerminal(variable);
        if (value == null) {
            throw new StepFailure("Credentials '" + credentialsId + "': set the environment variable " + variable
                    + " on the terminal, a rehearsal has no credentials of its own");
        }
        return value;
    }
}
