/** Elastic Beanstalk: application versions, and environments that are updated to them. */
package io.jenkins.plugins.awscicd.engine.beanstalk;
