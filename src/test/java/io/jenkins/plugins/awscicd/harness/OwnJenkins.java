package io.jenkins.plugins.awscicd.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that starts Jenkins itself, to restart it or with extensions of its own. There is one Jenkins in a JVM: the one that other
 * classes share is stopped before such a class, and whatever Jenkins the class leaves is stopped after it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(OneJenkins.class)
public @interface OwnJenkins {}
