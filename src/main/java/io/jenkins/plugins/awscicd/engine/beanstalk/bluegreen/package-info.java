/**
 * A version beside the one that is live: twins and clones, the swap of CNAMEs, and the end of what is not needed any more. Only what
 * puts a step together comes in; it goes by what the update has come to.
 */
package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;
