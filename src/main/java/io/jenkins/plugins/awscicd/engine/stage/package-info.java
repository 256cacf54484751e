/** What stages are guarded by, as far as that has nothing to do with Jenkins: closed hours, patterns of names, targets. */
package io.jenkins.plugins.awscicd.engine.stage;
