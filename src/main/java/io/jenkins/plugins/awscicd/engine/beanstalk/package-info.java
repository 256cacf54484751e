/**
 * Elastic Beanstalk: what a step is asked for and returns, and what an environment is at one moment. All rooms below know it; it
 * knows none of them, and no call of AWS.
 */
package io.jenkins.plugins.awscicd.engine.beanstalk;
