package io.jenkins.plugins.awscicd.rehearsal.delivery;

import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.MissingMethodException;
import java.util.Arrays;

/**
 * A Jenkinsfile's {@code docker}, and the images and containers that it makes: there are none in a rehearsal. Blocks of theirs are run on
 * this machine, all else is left out.
 */
final class Docker extends GroovyObjectSupport {

    private final Console console;
    private final String name;

    /** @param name what is asked, such as {@code docker} or {@code docker.image} */
    Docker(Console console, String name) {
        this.console = console;
        this.name = name;
    }

    @Override
    public Object invokeMethod(String method, Object given) {
        Object[] arguments = (Object[]) given;
        if (name.equals("docker") && !method.matches("image|build|with\\w+|node")) {
            throw new MissingMethodException(method, Docker.class, arguments);
        }
        String call = name + "." + method;
        Object block = arguments.length == 0 ? null : arguments[arguments.length - 1];
        if (block instanceof Closure<?> body) {
            console.note("There are no containers in a rehearsal: the block of " + call + " runs on this machine");
            return body.getMaximumNumberOfParameters() == 0 ? body.call() : body.call(new Docker(console, call));
        }
        if (!method.equals("image")) {
            console.note(call + " is left out in a rehearsal");
        }
        return new Docker(console, call);
    }

    @Override
    public Object getProperty(String property) {
        return Arrays.asList("id", "imageName").contains(property)
                ? "rehearsed"
                : new Docker(console, name + "." + property);
    }

    @Override
    public String toString() {
        return "rehearsed";
    }
}
