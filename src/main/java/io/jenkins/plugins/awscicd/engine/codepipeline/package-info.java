/** CodePipeline's executions as remote jobs: started once, watched by pipeline, retried, followed to their rollback. */
package io.jenkins.plugins.awscicd.engine.codepipeline;
