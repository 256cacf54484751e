/** What Jenkins keeps of a delivery: who approved what, for which stage. Knows nothing of how it was asked for. */
package io.jenkins.plugins.awscicd.delivery;
