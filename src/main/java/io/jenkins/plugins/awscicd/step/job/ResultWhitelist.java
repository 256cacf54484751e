package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awscicd.engine.job.JobResult;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jenkinsci.plugins.scriptsecurity.sandbox.Whitelist;

/**
 * Lets any script read what our steps return. Stands for an annotation on each getter, which the engine cannot have as it knows
 * nothing of Jenkins.
 */
@Extension
public final class ResultWhitelist extends Whitelist {

    @Override
    public boolean permitsMethod(@NonNull Method method, @NonNull Object receiver, @NonNull Object[] args) {
        return receiver instanceof JobResult
                && JobResult.class.isAssignableFrom(method.getDeclaringClass())
                && (method.getName().startsWith("get") || method.getName().startsWith("is"))
                && args.length == 0;
    }

    @Override
    public boolean permitsConstructor(@NonNull Constructor<?> constructor, @NonNull Object[] args) {
        return false;
    }

    @Override
    public boolean permitsStaticMethod(@NonNull Method method, @NonNull Object[] args) {
        return false;
    }

    @Override
    public boolean permitsFieldGet(@NonNull Field field, @NonNull Object receiver) {
        return false;
    }

    @Override
    public boolean permitsFieldSet(@NonNull Field field, @NonNull Object receiver, Object value) {
        return false;
    }

    @Override
    public boolean permitsStaticFieldGet(@NonNull Field field) {
        return false;
    }

    @Override
    public boolean permitsStaticFieldSet(@NonNull Field field, Object value) {
        return false;
    }
}
