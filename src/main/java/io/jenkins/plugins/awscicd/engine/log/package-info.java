/** CloudWatch Logs, followed to the last event. */
package io.jenkins.plugins.awscicd.engine.log;
