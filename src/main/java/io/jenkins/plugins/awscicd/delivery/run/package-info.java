/** The run's page {@code aws/}: its jobs as they go on, and its approvals. Steps tell it; it knows no step. */
package io.jenkins.plugins.awscicd.delivery.run;
