/** Time and threads of the engine. */
package io.jenkins.plugins.awscicd.engine.time;
