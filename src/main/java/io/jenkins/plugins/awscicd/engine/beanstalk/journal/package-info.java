/**
 * What a step keeps of what it has begun, so that it goes on after a restart. All rooms that begin something write here; it knows
 * nothing of AWS's calls.
 */
package io.jenkins.plugins.awscicd.engine.beanstalk.journal;
