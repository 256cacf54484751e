/** {@code beanstalkDeploy}: the step, the parts of its arguments and its forms. Its job is that of {@code engine.beanstalk}. */
package io.jenkins.plugins.awscicd.step.beanstalk;
