/**
 * What all parts of a step work with, and what it keeps of what it has begun, so that it goes on after a restart. All rooms that begin
 * something write here.
 */
package io.jenkins.plugins.awscicd.engine.beanstalk.journal;
