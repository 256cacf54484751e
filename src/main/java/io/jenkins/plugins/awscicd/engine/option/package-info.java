/** The arguments of steps: what they may be, and what they become in an AWS request. */
package io.jenkins.plugins.awscicd.engine.option;
