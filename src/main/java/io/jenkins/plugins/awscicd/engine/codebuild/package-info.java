/** CodeBuild: builds started, watched, told and stopped. */
package io.jenkins.plugins.awscicd.engine.codebuild;
