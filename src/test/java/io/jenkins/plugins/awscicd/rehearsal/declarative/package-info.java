/** Declarative pipelines: JenkinsPipelineUnit knows scripts only, so their blocks are read and carried out here. */
package io.jenkins.plugins.awscicd.rehearsal.declarative;
