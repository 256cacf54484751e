/** The poller: AWS's events, received from queues. None of them is taken for the truth. */
package io.jenkins.plugins.awscicd.engine.events;
