package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which command starts an application ("Configuring the application process with a Procfile" in the developer guide). */
final class Procfile {

    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_-]+):\\s*(\\S.*)");

    private Procfile() {}

    /**
     * The command of the web process: that of the Procfile or, if there is none, of the only JAR.
     *
     * @throws IOException also if there is nothing to start
     */
    static String web(Path directory) throws IOException {
        Path file = directory.resolve("Procfile");
        if (!Files.isRegularFile(file)) {
            return "java -jar '" + onlyJar(directory) + "'";
        }
        String web = null;
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line.strip());
            if (!matcher.matches()) {
                throw new IOException("failed to parse Procfile, the line is not 'name: command': " + line);
            }
            if (matcher.group(1).equals("web")) {
                web = matcher.group(2);
            }
        }
        if (web == null) {
            throw new IOException("Procfile declares no web process");
        }
        return web;
    }

    private static String onlyJar(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> jars = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
            if (jars.size() != 1) {
                throw new IOException("there is no Procfile, and not one JAR file but " + jars.size()
                        + " at the top of the source bundle");
            }
            return jars.get(0);
        }
    }
}
