/** The connections to AWS, bounded in number and in what comes through them. Sessions alone use it. */
package io.jenkins.plugins.awscicd.engine.access.http;
