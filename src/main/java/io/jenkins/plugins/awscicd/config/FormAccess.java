package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.kohsuke.stapler.AnnotationHandler;
import org.kohsuke.stapler.InjectedParameter;
import org.kohsuke.stapler.StaplerRequest2;

/** The parameter of a web method that gets who its form says that we are to AWS: an {@link AwsAccess}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@InjectedParameter(FormAccess.Reader.class)
public @interface FormAccess {

    /** Reads the fields that all such forms have. */
    final class Reader extends AnnotationHandler<FormAccess> {

        @Override
        @NonNull
        public Object parse(StaplerRequest2 request, FormAccess parameter, Class type, String name) {
            return new AwsAccess(
                    request.getParameter("region"),
                    request.getParameter("credentialsId"),
                    request.getParameter("role"),
                    request.getParameter("externalId"),
                    null,
                    request.getParameter("endpoint"));
        }
    }
}
