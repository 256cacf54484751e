/**
 * Who approved what, kept with the run, and who people are to Jenkins. The run's page, the board and the guards ask here; it knows the
 * store alone.
 */
package io.jenkins.plugins.awscicd.delivery.approval;
