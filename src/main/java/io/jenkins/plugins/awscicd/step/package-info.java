/**
 * What all steps have in common: who they are to AWS, arguments and their parts, and the forms of these. Steps are in rooms of their own
 * below; what is here knows none of them.
 */
package io.jenkins.plugins.awscicd.step;
