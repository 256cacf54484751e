/** The one poller. */
package io.jenkins.plugins.awscicd.engine.watch;
