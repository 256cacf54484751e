/** AWS's events in Jenkins: queues that are heard, and jobs that events start. */
package io.jenkins.plugins.awscicd.events;
