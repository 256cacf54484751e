/** Rewrites Jenkinsfiles that use the steps of other plugins, for bin/migrate. */
package io.jenkins.plugins.awscicd.rehearsal.migration;
