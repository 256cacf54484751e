/** SNS: notices published to topics. */
package io.jenkins.plugins.awscicd.engine.notify;
