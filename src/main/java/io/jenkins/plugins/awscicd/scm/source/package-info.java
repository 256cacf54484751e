/**
 * CodeCommit's repositories as branch sources and organization folders, read without a clone. All that needs the git plugin is here: it is
 * optional, and without it nothing here is loaded.
 */
package io.jenkins.plugins.awscicd.scm.source;
