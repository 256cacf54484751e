/** What the actions of an execution have started in other services, reported beside it. */
package io.jenkins.plugins.awscicd.engine.codepipeline.follow;
