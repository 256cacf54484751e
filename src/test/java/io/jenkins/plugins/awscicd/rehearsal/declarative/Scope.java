package io.jenkins.plugins.awscicd.rehearsal.declarative;

import groovy.lang.Closure;
import groovy.lang.GroovyObject;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * What the blocks of a pipeline have around them.
 *
 * @param script the Jenkinsfile
 */
record Scope(Delivery delivery, Steps steps, GroovyObject script) {

    /** Whether the script can call it: a step, or a method of its own. */
    boolean knows(String method) {
        return steps.knows(method)
                || !InvokerHelper.getMetaClass(script)
                        .respondsTo(script, method)
                        .isEmpty();
    }

    /** Runs code of the script: its calls are steps, not directives of the blocks around it. */
    Object run(Closure<?> code) {
        code.setDelegate(script);
        code.setResolveStrategy(Closure.DELEGATE_FIRST);
        try {
            return code.call();
        } catch (AssertionError e) {
            throw new StepFailure(e.getMessage(), e); // a failure like any other, after which post is to be done
        }
    }
}
