package io.jenkins.plugins.awscicd.localaws.codecommit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pull request of two branches of one repository, with what people have said and decided about it. */
public final class PullRequest {

    /** A comment on the whole of it. */
    static final class Comment {
        final String id;
        final String author;
        final String token;
        final String before;
        final String after;
        final Instant created;
        Instant modified;
        String content;
        boolean deleted;

        Comment(String id, String author, String token, String before, String after, Instant created, String content) {
            this.id = id;
            this.author = author;
            this.token = token;
            this.before = before;
            this.after = after;
            this.created = created;
            this.modified = created;
            this.content = content;
        }
    }

    final String id;
    final Repository repository;
    final String title;
    final String source;
    final String destination;
    final Instant created;
    /** By revision, and by the ARN of who decided. */
    final Map<String, Map<String, String>> approvals = new LinkedHashMap<>();

    final List<Comment> comments = new ArrayList<>();
    String author;
    Instant active;
    String revision;
    String sourceCommit;
    String destinationCommit;
    boolean closed;
    boolean merged;

    PullRequest(
            String id,
            Repository repository,
            String title,
            String author,
            String source,
            String destination,
            Instant created) {
        this.id = id;
        this.repository = repository;
        this.title = title;
        this.author = author;
        this.source = source;
        this.destination = destination;
        this.created = created;
        this.active = created;
    }

    /** Its number, which no other in the account and region has. */
    public String id() {
        return id;
    }

    /** The revision that approvals are for: another one once the source branch has moved. */
    public synchronized String revision() {
        return revision;
    }

    /** The texts of its comments, from the first on. */
    public synchronized List<String> comments() {
        return comments.stream()
                .filter(comment -> !comment.deleted)
                .map(comment -> comment.content)
                .toList();
    }

    /** How its latest revision was decided, by the ARN of who did so: APPROVE or REVOKE. */
    public synchronized Map<String, String> approvals() {
        return Map.copyOf(approvals.getOrDefault(revision, Map.of()));
    }
}
