package io.jenkins.plugins.awscicd.rehearsal.delivery;

import groovy.lang.Binding;

/** The variables of a Jenkinsfile. What is none of them is looked for in the environment, as Jenkins does. */
final class DeliveryBinding extends Binding {

    private final Environment env;

    DeliveryBinding(Delivery delivery) {
        env = delivery.env();
        setVariable("env", env);
        setVariable("params", delivery.params());
        setVariable("currentBuild", delivery.build());
        setVariable("docker", new Docker(delivery.console(), "docker"));
        setVariable("scm", new CheckedOut(delivery.workspace()));
    }

    @Override
    public Object getVariable(String name) {
        if (!super.hasVariable(name)) {
            String value = env.get(name);
            if (value != null) {
                return value;
            }
        }
        return super.getVariable(name);
    }

    @Override
    public boolean hasVariable(String name) {
        return super.hasVariable(name) || env.get(name) != null;
    }
}
