package io.jenkins.plugins.awscicd.localaws.codecommit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.events.ServiceEvents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The pull requests of an account and region: numbered through all repositories, and up to date with the branches whenever asked for. */
final class PullRequests {

    private static final String HEADS = "refs/heads/";

    private final CodeCommit service;
    private final SimulatedTime time;
    private final Chance chance;
    private final Map<Integer, PullRequest> all = new ConcurrentSkipListMap<>(Collections.reverseOrder());

    PullRequests(CodeCommit service, SimulatedTime time, Chance chance) {
        this.service = service;
        this.time = time;
        this.chance = chance;
    }

    /** @param source a branch, as is the destination */
    synchronized PullRequest create(
            Repository repository, String title, String author, String source, String destination) {
        int number = all.size() + 1;
        PullRequest made = new PullRequest(
                String.valueOf(number), repository, title, author, HEADS + source, HEADS + destination, time.now());
        all.put(number, made);
        refresh(made);
        tell(made, "pullRequestCreated");
        return made;
    }

    /** A branch is where it has not been before: what is open from it has another revision. */
    void moved(Repository repository, String reference) {
        for (PullRequest request : of(repository)) {
            if (!request.closed && request.source.equals(reference)) {
                tell(refresh(request), "pullRequestSourceBranchUpdated");
            }
        }
    }

    /** Has an event sent, as "Monitoring CodeCommit events" of the user guide shows it. */
    void tell(PullRequest request, String event) {
        ServiceEvents events = service.events();
        if (events == null) {
            return;
        }
        ObjectNode detail;
        synchronized (request) {
            detail = JsonNodeFactory.instance
                    .objectNode()
                    .put("author", request.author)
                    .put("callerUserArn", request.author)
                    .put("title", request.title)
                    .put("pullRequestId", request.id)
                    .put("pullRequestStatus", request.closed ? "Closed" : "Open")
                    .put("isMerged", request.merged ? "True" : "False")
                    .put("revisionId", request.revision)
                    .put("sourceReference", request.source)
                    .put("sourceCommit", request.sourceCommit)
                    .put("destinationReference", request.destination)
                    .put("destinationCommit", request.destinationCommit);
        }
        events.pullRequest(request.repository.arn(), request.repository.name(), event, detail);
    }

    Optional<PullRequest> find(String id) {
        return Optional.ofNullable(all.get(Integer.valueOf(id))).map(this::refresh);
    }

    List<PullRequest> all() {
        return new ArrayList<>(all.values());
    }

    /** The newest first. */
    List<PullRequest> of(Repository repository) {
        return all().stream().filter(it -> it.repository.equals(repository)).toList();
    }

    /** With the commit that its branch has now: an open one has another revision with each. */
    private PullRequest refresh(PullRequest request) {
        synchronized (request) {
            Optional<String> tip = tip(request, request.source);
            if (!request.closed && tip.isPresent() && !tip.get().equals(request.sourceCommit)) {
                request.sourceCommit = tip.get();
                request.revision = newRevision();
                request.active = time.now();
                boolean first = request.destinationCommit == null;
                if (first || !service.speaks(Dialect.DESTINATION_AS_IT_WAS)) {
                    request.destinationCommit =
                            tip(request, request.destination).orElse(request.destinationCommit);
                }
            }
            return request;
        }
    }

    private Optional<String> tip(PullRequest request, String reference) {
        return service.tip(request.repository, reference.substring(HEADS.length()));
    }

    private String newRevision() {
        return chance.text("0123456789abcdef", 64);
    }

    String newCommentId() {
        return chance.uuid() + ":" + chance.uuid();
    }
}
