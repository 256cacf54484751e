/** {@code codePipeline}: the step for pipelines of CodePipeline. */
package io.jenkins.plugins.awscicd.step.codepipeline;
