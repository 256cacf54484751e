package io.jenkins.plugins.awscicd.localaws.codecommit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.Trees;
import io.jenkins.plugins.awscicd.localaws.events.ServiceEvents;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** CodeCommit in one account and region: real git repositories, which the machine's git serves. */
public final class CodeCommit {

    private static final String HEADS = "refs/heads/";

    private final Place place;
    private final SimulatedTime time;
    private final Chance chance;
    private final Path data;
    private final Supplier<URI> endpoint;
    private ServiceEvents events;
    private final NavigableMap<String, Repository> repositories = new ConcurrentSkipListMap<>();
    private final Map<String, Map<String, String>> tags = new ConcurrentHashMap<>();
    private final Set<Dialect> dialects = ConcurrentHashMap.newKeySet();
    private final PullRequests pullRequests;
    private volatile int pageSize = 100;

    /**
     * @param data where the repositories are
     * @param endpoint of local AWS, where git finds them
     */
    public CodeCommit(Place place, SimulatedTime time, Chance chance, Path data, Supplier<URI> endpoint) {
        this.place = place;
        this.time = time;
        this.chance = chance;
        this.data = data;
        this.endpoint = endpoint;
        this.pullRequests = new PullRequests(this, time, chance);
    }

    /** Has it behave in that way from now on. */
    public void speak(Dialect dialect) {
        dialects.add(dialect);
    }

    boolean speaks(Dialect dialect) {
        return dialects.contains(dialect);
    }

    /** How many of what is listed come in one answer, at the most. */
    public void pageSize(int size) {
        pageSize = size;
    }

    /** Some of the values, and where to go on. */
    ObjectNode page(Input input, String member, List<String> values, int most) throws AwsError {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode shown = answer.putArray(member);
        int from = Integer.parseInt(input.text("nextToken", "0"));
        int end = Math.min(values.size(), from + Math.min(pageSize, most));
        values.subList(Math.min(from, end), end).forEach(shown::add);
        if (end < values.size()) {
            answer.put("nextToken", String.valueOf(end));
        }
        return answer;
    }

    int pageSize() {
        return pageSize;
    }

    Instant now() {
        return time.now();
    }

    PullRequests pullRequests() {
        return pullRequests;
    }

    /** Opens a pull request, as somebody else than whoever calls. */
    public PullRequest pullRequest(Repository repository, String title, String source, String destination) {
        String author = "arn:aws:iam::" + place.account() + ":user/author";
        return pullRequests.create(repository, title, author, source, destination);
    }

    /** Closes a pull request; its branches stay. */
    public void close(PullRequest request) {
        synchronized (request) {
            request.closed = true;
        }
        pullRequests.tell(request, "pullRequestStatusChanged");
    }

    /** Says who has opened a pull request. */
    public void author(PullRequest request, String arn) {
        synchronized (request) {
            request.author = arn;
        }
    }

    /** Deletes what comments say, as a person may. */
    public void deleteComments(PullRequest request) {
        synchronized (request) {
            request.comments.forEach(comment -> comment.deleted = true);
        }
    }

    /** Sets a tag of a repository. */
    public void tag(Repository repository, String key, String value) {
        tags.computeIfAbsent(repository.arn(), it -> new ConcurrentSkipListMap<>())
                .put(key, value);
    }

    Map<String, String> tags(String arn) {
        return tags.getOrDefault(arn, Map.of());
    }

    /** The repository of that name, which is made unless there is one. */
    public Repository repository(String name) {
        return find(name).orElseGet(() -> create(name, null));
    }

    Repository create(String name, String description) {
        String id = chance.uuid();
        Path directory = data.resolve(place.account())
                .resolve(place.region())
                .resolve(id)
                .toAbsolutePath();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        GitProgram.run(directory, "init", "--quiet", "--bare", "--initial-branch=main");
        GitProgram.run(directory, "config", "http.receivepack", "true");
        Repository repository =
                new Repository(name, id, place.arn("codecommit", name), description, time.now(), directory);
        repositories.put(name, repository);
        return repository;
    }

    public Optional<Repository> find(String name) {
        return Optional.ofNullable(repositories.get(name));
    }

    List<Repository> all() {
        return new ArrayList<>(repositories.values());
    }

    Optional<Repository> delete(String name) {
        Repository repository = repositories.remove(name);
        if (repository != null) {
            try {
                Trees.delete(repository.directory());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Optional.ofNullable(repository);
    }

    /** Where git finds a repository. */
    public String url(Repository repository) {
        return endpoint.get() + "/v1/repos/" + repository.name();
    }

    /**
     * Commits files on a branch, as if somebody had pushed them.
     *
     * @param files by their paths
     * @return the commit
     */
    public String commit(Repository repository, String branch, Map<String, String> files) {
        try {
            Path work = Files.createTempDirectory(Files.createDirectories(data), "work");
            GitProgram.run(data, "clone", "--quiet", repository.directory().toString(), work.toString());
            if (tip(repository, branch).isPresent()) {
                GitProgram.run(work, "checkout", "--quiet", "-B", branch, "origin/" + branch);
            } else {
                GitProgram.run(work, "checkout", "--quiet", "-B", branch);
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = work.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            GitProgram.run(work, "add", "--all");
            String who = "-c user.name=local -c user.email=local@example.com";
            GitProgram.run(work, (who + " commit --quiet --message=commit").split(" "));
            changing(repository, () -> GitProgram.run(work, "push", "--quiet", "origin", "HEAD:" + HEADS + branch));
            Trees.delete(work);
            defaultBranch(repository);
            return tip(repository, branch).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has references that are pushed told. */
    public CodeCommit events(ServiceEvents to) {
        events = to;
        return this;
    }

    /** Null where nobody is told. */
    ServiceEvents events() {
        return events;
    }

    /** All references by their full names, with their objects. */
    private Map<String, String> references(Repository repository) {
        Map<String, String> references = new TreeMap<>();
        GitProgram.run(repository.directory(), "for-each-ref", "--format=%(objectname) %(refname)")
                .lines()
                .forEach(line ->
                        references.put(line.substring(line.indexOf(' ') + 1), line.substring(0, line.indexOf(' '))));
        return references;
    }

    /** Does what may change references, and tells of those that it has changed. */
    synchronized <T> T changing(Repository repository, Change<T> change) throws IOException {
        Map<String, String> before = references(repository);
        T done = change.run();
        Map<String, String> after = references(repository);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            String old = before.get(name);
            String now = after.get(name);
            if (events != null && !Objects.equals(old, now)) {
                String type = name.startsWith("refs/tags/") ? "tag" : "branch";
                events.reference(
                        repository.arn(),
                        repository.name(),
                        repository.id(),
                        type,
                        name.substring(name.indexOf('/', "refs/".length()) + 1),
                        old,
                        now,
                        "arn:" + place.partition() + ":iam::" + place.account() + ":user/local");
                pullRequests.moved(repository, name);
            }
        }
        return done;
    }

    /** Something that git does. */
    interface Change<T> {
        T run() throws IOException;
    }

    Place place() {
        return place;
    }

    /** Deletes a branch, as a push may. */
    public void deleteBranch(Repository repository, String branch) {
        try {
            changing(repository, () -> GitProgram.run(repository.directory(), "update-ref", "-d", HEADS + branch));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a tag of git on a commit. */
    public void tagCommit(Repository repository, String tag, String commit) {
        GitProgram.run(repository.directory(), "tag", tag, commit);
    }

    /** The names of its branches, in their order. */
    public List<String> branches(Repository repository) {
        return GitProgram.run(repository.directory(), "for-each-ref", "--format=%(refname)", HEADS)
                .lines()
                .map(ref -> ref.substring(HEADS.length()))
                .toList();
    }

    /** The commit at a branch's tip. */
    public Optional<String> tip(Repository repository, String branch) {
        return GitProgram.run(
                        repository.directory(), "for-each-ref", "--format=%(refname) %(objectname)", HEADS + branch)
                .lines()
                .filter(line -> line.startsWith(HEADS + branch + " "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst();
    }

    /** The branch that a clone begins with: the first that was pushed. */
    Optional<String> defaultBranch(Repository repository) {
        List<String> all = branches(repository);
        String head = head(repository);
        if (!all.isEmpty() && !all.contains(head)) {
            head = all.get(0);
            GitProgram.run(repository.directory(), "symbolic-ref", "HEAD", HEADS + head);
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(head);
    }

    private static String head(Repository repository) {
        try {
            String ref = Files.readString(repository.directory().resolve("HEAD"), StandardCharsets.UTF_8)
                    .strip();
            return ref.substring(ref.indexOf(HEADS) + HEADS.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
