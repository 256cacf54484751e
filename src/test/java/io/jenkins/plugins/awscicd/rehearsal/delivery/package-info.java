/** A delivery that is rehearsed: its script, its steps' calling, what it knows of itself and what it tells. */
package io.jenkins.plugins.awscicd.rehearsal.delivery;
