/** What happens in a rehearsal, kept and shown: one HTML page, and the stages as tests in JUnit's format. */
package io.jenkins.plugins.awscicd.rehearsal.report;
