/** Who we are to AWS, and how AWS is called: sessions, clients, lanes, faults. */
package io.jenkins.plugins.awscicd.engine.access;
