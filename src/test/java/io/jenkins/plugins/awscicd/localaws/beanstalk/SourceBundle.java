package io.jenkins.plugins.awscicd.localaws.beanstalk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** What Elastic Beanstalk demands of a source bundle whatever is in it. */
final class SourceBundle {

    private static final Pattern CONFIGURATION = Pattern.compile("\\.ebextensions/[^/]+\\.config");
    private static final String MANIFEST = "env.yaml";

    private SourceBundle() {}

    /** What is wrong with it; {@code null} if nothing is. */
    static String problem(Path zip) {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (name.equals(MANIFEST) || CONFIGURATION.matcher(name).matches()) {
                    try (InputStream in = file.getInputStream(entry)) {
                        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                        new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
                    } catch (YAMLException e) {
                        return "The configuration file " + name
                                + " in application version contains invalid YAML or JSON.";
                    }
                }
            }
            return null;
        } catch (IOException e) {
            return "The source bundle is no ZIP or WAR file.";
        }
    }
}
