package io.jenkins.plugins.awscicd.engine.approval;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Words;
import java.util.List;
import java.util.Locale;

/** What becomes of an approval that nobody gives in time. */
public enum OnTimeout {
    /** As if somebody had rejected it. */
    REJECT,
    /** It counts as approved, by nobody. */
    APPROVE,
    /** The whole run is aborted, also where its script would take a rejection for an answer. */
    ABORT;

    /** As it is written in a Jenkinsfile. */
    @NonNull
    public String word() {
        return Words.word(this);
    }

    /** What may be written in a Jenkinsfile. */
    @NonNull
    static List<String> words() {
        return Words.of(OnTimeout.class);
    }

    static OnTimeout of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
