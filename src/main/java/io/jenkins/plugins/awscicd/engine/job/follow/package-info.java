/** What a job has started in its course, in its own service or in others, reported beside it. */
package io.jenkins.plugins.awscicd.engine.job.follow;
