/**
 * Everything that talks to AWS, without any Jenkins type: what is above passes in time, threads, identities and consoles.
 */
package io.jenkins.plugins.awscicd.engine;
