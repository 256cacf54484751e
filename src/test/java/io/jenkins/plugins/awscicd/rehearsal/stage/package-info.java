/** Stages, their guards and the people who approve, without a Jenkins. What decides is the engine's. */
package io.jenkins.plugins.awscicd.rehearsal.stage;
