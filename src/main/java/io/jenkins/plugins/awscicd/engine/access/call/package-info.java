/**
 * How a call of AWS is made: when, on which thread and whether again, and what its failure means. It knows neither sessions nor services;
 * whoever asks AWS for something hears of failures in its terms.
 */
package io.jenkins.plugins.awscicd.engine.access.call;
