package io.jenkins.plugins.awscicd.rehearsal.step.standard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Steps;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Steps of the plugin Pipeline Utility Steps: files and texts as maps and lists, and back. */
final class DataSteps {

    private final Delivery delivery;
    private final ObjectMapper json = new ObjectMapper();

    DataSteps(Delivery delivery) {
        this.delivery = delivery;
    }

    void addTo(Steps steps) {
        steps.add("readJSON", List.of("file", "text", "returnPojo"), this::readJson);
        steps.add("writeJSON", List.of("json", "file", "pretty", "returnText"), this::writeJson);
        steps.add("readYaml", List.of("file", "text", "codePointLimit", "maxAliasesForCollections"), this::readYaml);
        steps.add("writeYaml", List.of("data", "file", "datas", "overwrite", "charset", "returnText"), this::writeYaml);
        steps.add("readMavenPom", List.of("file"), call -> {
            Path file = delivery.directory()
                    .resolve(call.argument("file").map(String::valueOf).orElse("pom.xml"));
            if (!Files.isRegularFile(file)) {
                throw new StepFailure(call.name() + ": there is no file " + file);
            }
            return MavenPom.read(file);
        });
        steps.add(
                "readProperties", List.of("file", "text", "defaults", "interpolate", "charset"), this::readProperties);
    }

    private Object readJson(StepCall call) throws IOException {
        try {
            return json.readValue(content(call), Object.class);
        } catch (JsonProcessingException e) {
            throw new StepFailure("readJSON: " + source(call) + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private Object writeJson(StepCall call) throws IOException {
        ObjectMapper mapper =
                call.argument("pretty").isPresent() ? json.copy().enable(SerializationFeature.INDENT_OUTPUT) : json;
        return write(call, mapper.writeValueAsString(call.argument("json").orElse(null)), true);
    }

    private Object readYaml(StepCall call) throws IOException {
        try {
            List<Object> documents = new ArrayList<>();
            new Yaml(new SafeConstructor(new LoaderOptions()))
                    .loadAll(content(call))
                    .forEach(documents::add);
            return documents.size() == 1 ? documents.get(0) : documents;
        } catch (YAMLException e) {
            throw new StepFailure("readYaml: " + source(call) + " is not YAML: " + e.getMessage(), e);
        }
    }

    private Object writeYaml(StepCall call) throws IOException {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        Yaml yaml = new Yaml(options);
        String text = call.argument("datas").orElse(null) instanceof List<?> all
                ? yaml.dumpAll(all.iterator())
                : yaml.dump(call.argument("data").orElse(null));
        return write(call, text, call.flag("overwrite"));
    }

    private Object readProperties(StepCall call) throws IOException {
        Map<String, Object> all = new HashMap<>();
        if (call.argument("defaults").orElse(null) instanceof Map<?, ?> defaults) {
            defaults.forEach((name, value) -> all.put(String.valueOf(name), value));
        }
        Properties properties = new Properties();
        properties.load(new StringReader(content(call)));
        properties.forEach((name, value) -> all.put(String.valueOf(name), value));
        return all;
    }

    private String content(StepCall call) throws IOException {
        String text = call.text("text");
        if (text != null) {
            return text;
        }
        Path file = delivery.directory().resolve(call.required("file"));
        if (!Files.isRegularFile(file)) {
            throw new StepFailure(call.name() + ": there is no file " + file);
        }
        return Files.readString(file);
    }

    private static String source(StepCall call) {
        return call.argument("file").map(String::valueOf).orElse("the text");
    }

    private Object write(StepCall call, String text, boolean overwrite) throws IOException {
        if (call.flag("returnText")) {
            return text;
        }
        Path file = delivery.directory().resolve(call.required("file"));
        if (Files.exists(file) && !overwrite) {
            throw new StepFailure(call.name() + ": there is a file " + file + " already; add overwrite: true");
        }
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        Files.writeString(file, text);
        return null;
    }
}
