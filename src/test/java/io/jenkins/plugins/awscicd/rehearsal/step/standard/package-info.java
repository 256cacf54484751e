/** The steps that every Jenkins with Pipeline has, as far as a rehearsal can do what they do. */
package io.jenkins.plugins.awscicd.rehearsal.step.standard;
