package io.jenkins.plugins.awscicd.engine.watch;

/** The one poller. */
