package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.kohsuke.stapler.AnnotationHandler;
import org.kohsuke.stapler.InjectedParameter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Who a form says that we are to AWS.
 *
 * @param access as its fields say
 * @param stage the stage that it names; null for none
 */
public record FormAccess(
        @NonNull AwsAccess access, @CheckForNull String stage) {

    /**
     * With what the fields leave open taken from the stage, and else from the configuration page.
     *
     * @param item whose form it is; null for a form of the controller
     * @throws IllegalArgumentException if there is no such stage, or if others' credentials would go where an item's form says
     */
    @NonNull
    AwsAccess whole(@CheckForNull Item item) {
        if (item != null && access.endpoint() != null && access.credentialsId() == null) {
            throw new IllegalArgumentException(Messages.AccessForm_endpointWithoutCredentials());
        }
        return access.orElse(stage == null ? AwsCicdConfiguration.get().access() : accessOf(stage, Stages.of(item)));
    }

    /**
     * The same to call AWS with. What belongs to guarded stages is for those who may configure them.
     *
     * @throws IllegalArgumentException also if whoever asks may not use it, or there are no such credentials
     */
    @NonNull
    AwsAccess usable(@CheckForNull Item item) {
        AwsAccess whole = whole(item);
        for (Belonging belonging : Belonging.of(item, UsedIdentity.of(whole, item))) {
            if (!belonging.level().mayConfigure()) {
                throw new IllegalArgumentException(
                        Messages.FormAccess_belongs(belonging.what(), String.join(", ", belonging.stages())));
            }
        }
        return whole;
    }

    private static AwsAccess accessOf(String stage, Stages stages) {
        return stages.find(stage)
                .orElseThrow(() -> new IllegalArgumentException(stages.unknown(stage)))
                .access();
    }

    /** The parameter of a web method that gets it. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @InjectedParameter(Reader.class)
    public @interface Fields {}

    /** Reads the fields that all such forms have. */
    public static final class Reader extends AnnotationHandler<Fields> {

        @Override
        @NonNull
        public Object parse(StaplerRequest2 request, Fields parameter, Class type, String name) {
            return new FormAccess(
                    new AwsAccess(
                            request.getParameter("region"),
                            request.getParameter("credentialsId"),
                            request.getParameter("role"),
                            request.getParameter("externalId"),
                            null,
                            request.getParameter("endpoint")),
                    Util.fixEmptyAndTrim(request.getParameter("stage")));
        }
    }
}
