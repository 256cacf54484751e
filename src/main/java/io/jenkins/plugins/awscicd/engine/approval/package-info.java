/** Who may approve what: the policy of a manual approval, its arguments, and what comes of it. */
package io.jenkins.plugins.awscicd.engine.approval;
