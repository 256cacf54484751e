package io.jenkins.plugins.awscicd.localaws.codecommit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Input;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What commits contain, one file or folder at a time (GetCommit, GetFile and GetFolder in the CodeCommit API reference). */
final class Content {

    /** "Quotas in AWS CodeCommit": what GetFile returns at the most. */
    static final long LARGEST = 6L << 20;

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern SPECIFIER = Pattern.compile("[\\w./+=@-]+");

    private final Function<Place, CodeCommit> places;

    Content(Function<Place, CodeCommit> places) {
        this.places = places;
    }

    ObjectNode commit(Input input, Caller caller) throws AwsError, IOException {
        Repository repository = CodeCommitApi.repository(places.apply(caller.place()), input);
        String id = input.text("commitId");
        if (id == null) {
            throw AwsError.badRequest("CommitIdRequiredException", "A commit ID is required");
        }
        if (!COMMIT.matcher(id).matches()) {
            throw AwsError.badRequest("InvalidCommitIdException", "The commit ID " + id + " is not valid");
        }
        String[] parts = git(
                        repository, "show", "-s", "--date=raw", "--format=%T%n%P%n%an%n%ae%n%ad%n%cn%n%ce%n%cd%n%B", id)
                .map(text -> text.split("\n", 9))
                .orElseThrow(() ->
                        AwsError.badRequest("CommitIdDoesNotExistException", "The commit " + id + " does not exist"));
        ArrayNode parents = array();
        for (String parent : parts[1].split(" ")) {
            if (!parent.isEmpty()) {
                parents.add(parent);
            }
        }
        ObjectNode commit =
                object().put("commitId", id).put("treeId", parts[0]).put("message", parts[8].stripTrailing());
        commit.set("parents", parents);
        commit.set("author", person(parts, 2));
        commit.set("committer", person(parts, 5));
        commit.put("additionalData", "");
        return object().set("commit", commit);
    }

    /** Three ways to merge are offered, whether there are conflicts or not; the common commit is the one of git. */
    ObjectNode mergeOptions(Input input, Caller caller) throws AwsError, IOException {
        Repository repository = CodeCommitApi.repository(places.apply(caller.place()), input);
        String source = commitOf(repository, input.text("sourceCommitSpecifier", "HEAD"));
        String destination = commitOf(repository, input.text("destinationCommitSpecifier", "HEAD"));
        String base = git(repository, "merge-base", source, destination)
                .map(String::strip)
                .orElseThrow(() -> AwsError.badRequest("TipsDivergenceExceededException", "There is no merge base"));
        ObjectNode answer = object().put("sourceCommitId", source)
                .put("destinationCommitId", destination)
                .put("baseCommitId", base);
        answer.set("mergeOptions", array().add("SQUASH_MERGE").add("THREE_WAY_MERGE"));
        return answer;
    }

    /** The date is the one of git's raw format: seconds and zone. */
    private static ObjectNode person(String[] parts, int from) {
        return object().put("name", parts[from]).put("email", parts[from + 1]).put("date", parts[from + 2]);
    }

    ObjectNode file(Input input, Caller caller) throws AwsError, IOException {
        Repository repository = CodeCommitApi.repository(places.apply(caller.place()), input);
        String commit = commitOf(repository, input);
        String path = path(input, "filePath");
        if (path.isEmpty()) {
            throw AwsError.badRequest("PathRequiredException", "A path is required");
        }
        Entry entry = entries(repository, commit, path).get(path);
        if (entry == null || !entry.type().equals("blob")) {
            throw AwsError.badRequest("FileDoesNotExistException", "Could not find path " + path);
        }
        if (entry.size() > LARGEST) {
            throw AwsError.badRequest("FileTooLargeException", "The file " + path + " is larger than 6 MB");
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        GitProgram.run(
                repository.directory(),
                Map.of(),
                InputStream.nullInputStream(),
                content,
                "cat-file",
                "blob",
                entry.id());
        return object().put("commitId", commit)
                .put("blobId", entry.id())
                .put("filePath", path)
                .put("fileMode", entry.fileMode())
                .put("fileSize", entry.size())
                .put("fileContent", content.toByteArray());
    }

    ObjectNode folder(Input input, Caller caller) throws AwsError, IOException {
        Repository repository = CodeCommitApi.repository(places.apply(caller.place()), input);
        String commit = commitOf(repository, input);
        String path = path(input, "folderPath");
        String tree = git(repository, "rev-parse", "--verify", "-q", commit + ":" + path)
                .map(String::strip)
                .orElse(null);
        boolean exists = tree != null
                && git(repository, "cat-file", "-t", tree)
                        .filter("tree\n"::equals)
                        .isPresent();
        if (!exists) {
            throw AwsError.badRequest("FolderDoesNotExistException", "Could not find folder " + path);
        }
        ArrayNode folders = array();
        ArrayNode files = array();
        ArrayNode links = array();
        ArrayNode modules = array();
        for (Map.Entry<String, Entry> each :
                entries(repository, commit, path.isEmpty() ? "" : path + "/").entrySet()) {
            Entry entry = each.getValue();
            ObjectNode one = object().put("absolutePath", each.getKey())
                    .put("relativePath", each.getKey().substring(each.getKey().lastIndexOf('/') + 1));
            switch (entry.type()) {
                case "tree" -> folders.add(one.put("treeId", entry.id()));
                case "commit" -> modules.add(one.put("commitId", entry.id()));
                default ->
                    (entry.fileMode().equals("SYMLINK") ? links : files)
                            .add(one.put("blobId", entry.id()).put("fileMode", entry.fileMode()));
            }
        }
        ObjectNode answer =
                object().put("commitId", commit).put("folderPath", path).put("treeId", tree);
        answer.set("subFolders", folders);
        answer.set("files", files);
        answer.set("symbolicLinks", links);
        answer.set("subModules", modules);
        return answer;
    }

    /** Something in a tree. */
    private record Entry(String mode, String type, String id, long size) {

        String fileMode() {
            return switch (mode) {
                case "120000" -> "SYMLINK";
                case "100755" -> "EXECUTABLE";
                default -> "NORMAL";
            };
        }
    }

    /** By path: that of a file, or of all that is in a folder if the path ends with a slash. */
    private static Map<String, Entry> entries(Repository repository, String commit, String path) throws IOException {
        Map<String, Entry> all = new LinkedHashMap<>();
        List<String> command = path.isEmpty()
                ? List.of("ls-tree", "-l", "-z", commit)
                : List.of("--literal-pathspecs", "ls-tree", "-l", "-z", commit, "--", path);
        for (String line :
                git(repository, command.toArray(String[]::new)).orElse("").split("\0")) {
            if (!line.isEmpty()) {
                String[] parts = line.substring(0, line.indexOf('\t')).split(" +");
                long size = parts[3].equals("-") ? 0 : Long.parseLong(parts[3]);
                all.put(line.substring(line.indexOf('\t') + 1), new Entry(parts[0], parts[1], parts[2], size));
            }
        }
        return all;
    }

    private static String path(Input input, String member) throws AwsError {
        String path = input.text(member);
        if (path == null) {
            throw AwsError.badRequest("PathRequiredException", "A path is required");
        }
        String plain = path.replaceAll("^/+|/+$", "");
        if (List.of(plain.split("/")).contains("..")) {
            throw AwsError.badRequest("InvalidPathException", "The path " + path + " is not valid");
        }
        return plain;
    }

    private static String commitOf(Repository repository, Input input) throws AwsError, IOException {
        return commitOf(repository, input.text("commitSpecifier", "HEAD"));
    }

    private static String commitOf(Repository repository, String specifier) throws AwsError, IOException {
        if (!SPECIFIER.matcher(specifier).matches() || specifier.startsWith("-")) {
            throw AwsError.badRequest("InvalidCommitException", "The commit specifier " + specifier + " is not valid");
        }
        for (String prefix : List.of("", "refs/heads/", "refs/tags/")) {
            Optional<String> found = git(repository, "rev-parse", "--verify", "-q", prefix + specifier + "^{commit}")
                    .map(String::strip);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw AwsError.badRequest("CommitDoesNotExistException", "Commit " + specifier + " does not exist");
    }

    /** What git says; nothing if it refuses. */
    static Optional<String> git(Repository repository, String... command) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exit = GitProgram.run(repository.directory(), Map.of(), InputStream.nullInputStream(), said, command);
        return exit == 0 ? Optional.of(said.toString(StandardCharsets.UTF_8)) : Optional.empty();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }
}
