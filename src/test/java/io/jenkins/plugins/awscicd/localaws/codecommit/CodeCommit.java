package io.jenkins.plugins.awscicd.localaws.codecommit;

import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
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
    private final NavigableMap<String, Repository> repositories = new ConcurrentSkipListMap<>();

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
            GitProgram.run(work, "push", "--quiet", "origin", "HEAD:" + HEADS + branch);
            Trees.delete(work);
            defaultBranch(repository);
            return tip(repository, branch).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Place place() {
        return place;
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
