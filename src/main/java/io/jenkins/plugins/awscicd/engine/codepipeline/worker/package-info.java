/** Jenkins as the worker of custom actions: jobs polled for, taken once, ended once. Of nothing here does it know who does the work. */
package io.jenkins.plugins.awscicd.engine.codepipeline.worker;
