/** The rehearsal: runs a delivery Jenkinsfile without Jenkins, its steps on the plugin's own engine. */
package io.jenkins.plugins.awscicd.rehearsal;
