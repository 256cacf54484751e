/** What Jenkins keeps of deliveries and shows, in the rooms below. Here are only the texts that they have in common. */
package io.jenkins.plugins.awscicd.delivery;
