package io.jenkins.plugins.awscicd.scm;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.engine.codecommit.CommentJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import jenkins.model.RunAction2;

/** The comments of a run on pull requests: one each, which is found again after a restart. */
@SuppressFBWarnings(value = "UWF_FIELD_NOT_INITIALIZED_IN_CONSTRUCTOR", justification = "Jenkins tells the run first")
public final class PullRequestComments extends InvisibleAction implements RunAction2 {

    /** By what they are on, and who has posted them. Replaced, never changed: the run may be about to be saved. */
    private TreeMap<String, Comment> comments = new TreeMap<>();
    /** Whether the end of the run still has to be told; null in runs of which it is not. */
    private Boolean due;

    private transient Run<?, ?> run;
    private transient CompletableFuture<?> last;

    /** Of a run, which gets it if it has none. */
    @NonNull
    public static PullRequestComments of(@NonNull Run<?, ?> run) {
        synchronized (PullRequestComments.class) {
            PullRequestComments action = run.getAction(PullRequestComments.class);
            if (action == null) {
                action = new PullRequestComments();
                run.addAction(action);
            }
            return action;
        }
    }

    /** What is kept of a comment. */
    private static final class Comment {
        /** Made before the comment is posted, and sent with it. */
        private final String token = UUID.randomUUID().toString();
        /** Null before it is posted. */
        private String firstText;
        /** Null until AWS has said it. */
        private String id;
    }

    /**
     * The run's comment on a pull request.
     *
     * @param author who comments: nobody else can change it
     */
    @NonNull
    public CommentJournal journal(@NonNull String region, @NonNull String pullRequest, @NonNull String author) {
        synchronized (this) {
            String key = region + "/" + pullRequest + "/" + author;
            Comment known = comments.get(key);
            if (known == null) {
                TreeMap<String, Comment> more = new TreeMap<>(comments);
                known = new Comment();
                more.put(key, known);
                comments = more;
            }
            return new Journal(known);
        }
    }

    /** Does one thing after the other: two that comment at once would both post. */
    @NonNull
    public synchronized <T> CompletableFuture<T> inTurn(@NonNull Supplier<CompletableFuture<T>> next) {
        CompletableFuture<T> done = last == null
                ? next.get()
                : last.handle((result, failure) -> null).thenCompose(nothing -> next.get());
        last = done;
        return done;
    }

    /** Whether the end of the run still has to be told; null if it has not to be. */
    @CheckForNull
    public synchronized Boolean getDue() {
        return due;
    }

    /** Keeps whether the end of the run still has to be told. */
    public void setDue(boolean due) {
        synchronized (this) {
            this.due = due;
        }
        save();
    }

    private void save() {
        try {
            run.save();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        run = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
    }

    private final class Journal implements CommentJournal {

        private final Comment comment;

        Journal(Comment comment) {
            this.comment = comment;
        }

        @Override
        @NonNull
        public String token() {
            return comment.token;
        }

        @Override
        @CheckForNull
        public String firstText() {
            synchronized (PullRequestComments.this) {
                return comment.firstText;
            }
        }

        @Override
        @CheckForNull
        public String commentId() {
            synchronized (PullRequestComments.this) {
                return comment.id;
            }
        }

        @Override
        public void begin(@NonNull String text) {
            synchronized (PullRequestComments.this) {
                comment.firstText = text;
            }
            save();
        }

        @Override
        public void posted(@NonNull String commentId) {
            synchronized (PullRequestComments.this) {
                comment.id = commentId;
            }
            save();
        }
    }
}
