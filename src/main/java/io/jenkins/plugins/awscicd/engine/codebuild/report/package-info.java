/**
 * What a build's test and coverage reports say, read when the build is over: a summary for the console and for the script. Known to
 * builds alone.
 */
package io.jenkins.plugins.awscicd.engine.codebuild.report;
