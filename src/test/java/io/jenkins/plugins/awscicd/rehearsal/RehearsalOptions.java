package io.jenkins.plugins.awscicd.rehearsal;

import io.jenkins.plugins.awscicd.rehearsal.step.Approval;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the command line says.
 *
 * @param endpoint where AWS is; null for a local AWS in this process
 * @param region null for the default
 * @param workspace null for the Jenkinsfile's directory
 * @param data where a local AWS in this process keeps what it has; null for nowhere
 */
record RehearsalOptions(Path jenkinsfile, Approval approve, URI endpoint, String region, Path workspace, Path data) {

    static final String USAGE =
            "usage: rehearse [Jenkinsfile] [--approve all|none|ask] [--endpoint URL] [--region R] [--workspace DIR]"
                    + " [--data DIR]";

    private static final Path DEFAULT = Path.of("docs", "examples", "web", "Jenkinsfile");

    /**
     * @param environment the terminal's variables
     * @throws IllegalArgumentException saying what is wrong
     */
    static RehearsalOptions parse(List<String> arguments, Map<String, String> environment) {
        String endpoint = environment.get("AWS_ENDPOINT_URL");
        String region = environment.getOrDefault("AWS_REGION", environment.get("AWS_DEFAULT_REGION"));
        Path jenkinsfile = null;
        Path workspace = null;
        Path data = null;
        Approval approve = Approval.ASK;
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String argument = rest.remove();
            int equals = argument.indexOf('=');
            if (argument.startsWith("--") && equals > 0) {
                rest.push(argument.substring(equals + 1));
                argument = argument.substring(0, equals);
            }
            switch (argument) {
                case "--approve" -> approve = approval(value(argument, rest));
                case "--endpoint" -> endpoint = value(argument, rest);
                case "--region" -> region = value(argument, rest);
                case "--workspace" -> workspace = Path.of(value(argument, rest));
                case "--data" -> data = Path.of(value(argument, rest));
                default -> {
                    if (argument.startsWith("-")) {
                        throw new IllegalArgumentException("There is no option " + argument);
                    }
                    if (jenkinsfile != null) {
                        throw new IllegalArgumentException(
                                "One Jenkinsfile at a time: " + jenkinsfile + ", " + argument);
                    }
                    jenkinsfile = Path.of(argument);
                }
            }
        }
        return checked(new RehearsalOptions(
                jenkinsfile == null ? DEFAULT : jenkinsfile, approve, uri(endpoint), region, workspace, data));
    }

    private static RehearsalOptions checked(RehearsalOptions options) {
        if (!Files.isRegularFile(options.jenkinsfile) || !Files.isReadable(options.jenkinsfile)) {
            throw new IllegalArgumentException("There is no readable file " + options.jenkinsfile);
        }
        Path real = options.jenkinsfile.toAbsolutePath().normalize();
        Path workspace = options.workspace == null
                ? real.getParent()
                : options.workspace.toAbsolutePath().normalize();
        if (!Files.isDirectory(workspace)) {
            throw new IllegalArgumentException("There is no directory " + workspace);
        }
        return new RehearsalOptions(real, options.approve, options.endpoint, options.region, workspace, options.data);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return rest.remove();
    }

    private static Approval approval(String word) {
        try {
            return Approval.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--approve is to be all, none or ask, not " + word, e);
        }
    }

    private static URI uri(String endpoint) {
        if (endpoint == null || endpoint.isBlank()) {
            return null;
        }
        URI uri = URI.create(endpoint);
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("--endpoint is to be a URL, not " + endpoint);
        }
        return uri;
    }
}
