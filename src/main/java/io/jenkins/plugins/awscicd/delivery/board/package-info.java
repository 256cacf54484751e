/** What runs where: the pages of the board, a history and a difference, for whoever may see them. Nobody in {@code delivery} knows it. */
package io.jenkins.plugins.awscicd.delivery.board;
