/**
 * What AWS shows of environments and their events, and the abort of what is being done to one. Whoever needs to look at AWS comes
 * here; it knows nothing of steps, their arguments apart.
 */
package io.jenkins.plugins.awscicd.engine.beanstalk.environment;
