/** Jenkins as an action of CodePipeline: which action types it works for, the jobs that do the work, and what becomes of their runs. */
package io.jenkins.plugins.awscicd.worker;
