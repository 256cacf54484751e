/** Pipeline steps, and the one execution that they share. */
package io.jenkins.plugins.awscicd.step;
