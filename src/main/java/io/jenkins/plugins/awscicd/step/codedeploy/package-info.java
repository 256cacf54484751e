/** {@code codeDeploy}: the step, the parts of its arguments and its forms. Its job is that of {@code engine.codedeploy}. */
package io.jenkins.plugins.awscicd.step.codedeploy;
