/** What a change set is made of, and what it would change. */
package io.jenkins.plugins.awscicd.engine.cloudformation.changeset;
