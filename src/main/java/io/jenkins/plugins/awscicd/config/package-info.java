/** Who Jenkins is to AWS: the configuration page, credentials, and the engine's place in the controller. */
package io.jenkins.plugins.awscicd.config;
