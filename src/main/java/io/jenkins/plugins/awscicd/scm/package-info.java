/** CodeCommit as a source of code: what Jenkins' git shows it. Any job may come in; nothing here knows steps or deliveries. */
package io.jenkins.plugins.awscicd.scm;
