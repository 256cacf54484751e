/** Sentences of the engine that pages and forms show, out of the code, so that they can be translated. */
package io.jenkins.plugins.awscicd.engine.text;
