package io.jenkins.plugins.awscicd.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class the one Jenkins that all such classes of a JVM share: to start one takes longer than most tests. It is as new for each
 * class; for a method too, if that method, or what is run before each, asks for a {@code JenkinsRule}. Not for tests that restart
 * Jenkins, nor for those with extensions of their own, which are {@link OwnJenkins}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(SharedJenkins.class)
public @interface WithSharedJenkins {}
