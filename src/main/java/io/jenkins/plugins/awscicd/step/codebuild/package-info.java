/** {@code codeBuild}: the step, the parts of its arguments and its forms. Its job is that of {@code engine.codebuild}. */
package io.jenkins.plugins.awscicd.step.codebuild;
