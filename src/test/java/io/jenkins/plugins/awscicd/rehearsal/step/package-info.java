/** The steps of a rehearsal. */
package io.jenkins.plugins.awscicd.rehearsal.step;
