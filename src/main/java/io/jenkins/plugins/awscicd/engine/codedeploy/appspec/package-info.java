/** AppSpec files, checked before anything is uploaded or deployed. */
package io.jenkins.plugins.awscicd.engine.codedeploy.appspec;
