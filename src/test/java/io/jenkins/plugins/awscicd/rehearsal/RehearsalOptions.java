package io.jenkins.plugins.awscicd.rehearsal;

import io.jenkins.plugins.awscicd.engine.approval.Person;
import io.jenkins.plugins.awscicd.rehearsal.stage.People;
import io.jenkins.plugins.awscicd.rehearsal.step.Approval;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the command line says.
 *
 * @param endpoint where AWS is; null for a local AWS in this process
 * @param region null for the default
 * @param workspace null for the Jenkinsfile's directory
 * @param data where a local AWS in this process keeps what it has; null for nowhere
 * @param job the job's full name; null for the workspace's directory
 * @param people who has started it, and who approves
 * @param stages a file for Jenkins' Configuration as Code that has stages; null for none
 * @param libraries directories of shared libraries, by name
 * @param parameters of Parameter Store, by name
 * @param secrets of Secrets Manager, by name
 * @param skipped names of steps that are left out
 * @param report where the report goes; null for nowhere
 * @param junit where the same goes in JUnit's format; null for nowhere
 */
record RehearsalOptions(
        Path jenkinsfile,
        Approval approve,
        URI endpoint,
        String region,
        Path workspace,
        Path data,
        String job,
        People people,
        Path stages,
        Map<String, Path> libraries,
        Map<String, String> parameters,
        Map<String, String> secrets,
        Set<String> skipped,
        Path report,
        Path junit) {

    static final String USAGE = """
            usage: rehearse [Jenkinsfile] [options]
              --approve WHO       who answers questions: a user, or USER:GROUP,GROUP with the user's groups, and again for
                                  another one; or all, none or ask (the default: you are asked here)
              --comment TEXT      what those users say with it
              --as USER           who has started the delivery (you)
              --stages FILE       Configuration as Code with stages and their guards
              --library NAME=DIR  a shared library, and again for more
              --job NAME          the job's full name (the name of the workspace's directory)
              --parameter N=V     a parameter of Parameter Store, and again for more
              --secret N=V        a secret of Secrets Manager, and again for more
              --skip STEP         leaves a step out that a rehearsal does not know, and again for more
              --workspace DIR     what stands for the checkout (the Jenkinsfile's directory)
              --report FILE       where the report goes, an HTML page
              --junit FILE        the stages as tests, in JUnit's format
              --endpoint URL      an AWS that runs already (one of its own in this process)
              --region REGION     of steps that do not say otherwise
              --data DIR          where a local AWS of its own keeps what it has
            """;

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
        Path stages = null;
        Path report = null;
        Path junit = null;
        String job = null;
        Approval approve = Approval.ASK;
        People people =
                new People(environment.getOrDefault("USER", System.getProperty("user.name", "you")), List.of(), null);
        Map<String, String> libraries = new LinkedHashMap<>();
        Map<String, String> parameters = new LinkedHashMap<>();
        Map<String, String> secrets = new LinkedHashMap<>();
        Set<String> skipped = new LinkedHashSet<>();
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String argument = rest.remove();
            int equals = argument.indexOf('=');
            if (argument.startsWith("--") && equals > 0) {
                rest.push(argument.substring(equals + 1));
                argument = argument.substring(0, equals);
            }
            switch (argument) {
                case "--approve" -> {
                    String who = value(argument, rest);
                    approve = approval(who);
                    people = approve == Approval.PEOPLE ? people.with(person(argument, who)) : people;
                }
                case "--as" ->
                    people = people.startedBy(
                            person(argument, value(argument, rest)).id());
                case "--comment" -> people = people.saying(value(argument, rest));
                case "--stages" -> stages = Path.of(value(argument, rest));
                case "--library" -> pair(argument, value(argument, rest), libraries);
                case "--job" -> job = value(argument, rest);
                case "--parameter" -> pair(argument, value(argument, rest), parameters);
                case "--secret" -> pair(argument, value(argument, rest), secrets);
                case "--skip" -> skipped.add(value(argument, rest));
                case "--report" -> report = Path.of(value(argument, rest));
                case "--junit" -> junit = Path.of(value(argument, rest));
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
        return new RehearsalOptions(
                        jenkinsfile == null ? DEFAULT : jenkinsfile,
                        approve,
                        uri(endpoint),
                        region,
                        workspace,
                        data,
                        job,
                        people,
                        stages,
                        directories(libraries),
                        parameters,
                        secrets,
                        skipped,
                        report,
                        junit)
                .checked();
    }

    private RehearsalOptions checked() {
        requireReadable(jenkinsfile);
        if (stages != null) {
            requireReadable(stages);
        }
        Path real = jenkinsfile.toAbsolutePath().normalize();
        Path directory = workspace == null
                ? real.getParent()
                : workspace.toAbsolutePath().normalize();
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("There is no directory " + directory);
        }
        return new RehearsalOptions(
                real,
                approve,
                endpoint,
                region,
                directory,
                data,
                job == null ? String.valueOf(directory.getFileName()) : job,
                people,
                stages,
                libraries,
                Map.copyOf(parameters),
                Map.copyOf(secrets),
                Set.copyOf(skipped),
                report,
                junit);
    }

    private static void requireReadable(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("There is no readable file " + file);
        }
    }

    private static Person person(String option, String text) {
        try {
            return People.person(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Path> directories(Map<String, String> named) {
        Map<String, Path> all = new LinkedHashMap<>();
        named.forEach((name, value) -> {
            Path directory = Path.of(value).toAbsolutePath().normalize();
            if (!Files.isDirectory(directory)) {
                throw new IllegalArgumentException("There is no directory " + directory);
            }
            all.put(name, directory);
        });
        return Map.copyOf(all);
    }

    private static void pair(String option, String text, Map<String, String> into) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            // Not what was given: it may be a secret.
            throw new IllegalArgumentException(option + " needs NAME=VALUE");
        }
        into.put(text.substring(0, equals), text.substring(equals + 1));
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.remove();
    }

    /** All other words name somebody. */
    private static Approval approval(String word) {
        return switch (word) {
            case "all" -> Approval.ALL;
            case "none" -> Approval.NONE;
            case "ask" -> Approval.ASK;
            default -> Approval.PEOPLE;
        };
    }

    private static URI uri(String endpoint) {
        if (endpoint == null || endpoint.isBlank()) {
            return null;
        }
        URI uri = URI.create(endpoint);
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("--endpoint must be a URL, not " + endpoint);
        }
        return uri;
    }
}
