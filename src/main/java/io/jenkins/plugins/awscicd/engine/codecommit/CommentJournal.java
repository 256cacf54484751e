package io.jenkins.plugins.awscicd.engine.codecommit;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/** What is kept about the one comment on a pull request, so that there is one after a restart too. */
public interface CommentJournal {

    /** The token with which the comment is posted: another one for each journal, and always the same one of it. */
    @NonNull
    String token();

    /** The text that it was first tried with; null before. */
    @CheckForNull
    String firstText();

    /** The comment's id; null as long as AWS has not said it. */
    @CheckForNull
    String commentId();

    /** Keeps the text before it is posted: with the same token AWS has to be sent the same text. Returns when it is on disk. */
    void begin(@NonNull String text);

    /** Keeps the id. */
    void posted(@NonNull String commentId);
}
