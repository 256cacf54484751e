package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;

/** Option settings of an environment or a saved configuration ("Configuration options" in the developer guide). */
final class Options {

    static final String COMMAND = "aws:elasticbeanstalk:command";
    static final String VARIABLES = "aws:elasticbeanstalk:application:environment";

    /** What is set when nobody has said anything; the options that decide how this simulation behaves, and a few more. */
    static final Map<Option, String> DEFAULTS = Map.of(
            new Option(COMMAND, "BatchSize"), "100",
            new Option(COMMAND, "BatchSizeType"), "Percentage",
            new Option(COMMAND, "DeploymentPolicy"), "AllAtOnce",
            new Option(COMMAND, "IgnoreHealthCheck"), "false",
            new Option(COMMAND, "Timeout"), "600",
            new Option("aws:autoscaling:asg", "MinSize"), "1",
            new Option("aws:autoscaling:asg", "MaxSize"), "4",
            new Option("aws:elasticbeanstalk:environment", "EnvironmentType"), "LoadBalanced",
            new Option("aws:elasticbeanstalk:trafficsplitting", "EvaluationTime"), "5",
            new Option("aws:elasticbeanstalk:healthreporting:system", "SystemType"), "enhanced");

    private final Map<Option, String> set = new TreeMap<>();

    /** The name of an option. */
    record Option(String namespace, String name) implements Comparable<Option> {
        @Override
        public int compareTo(Option other) {
            int order = namespace.compareTo(other.namespace);
            return order != 0 ? order : name.compareTo(other.name);
        }
    }

    Options copy() {
        Options copy = new Options();
        copy.set.putAll(set);
        return copy;
    }

    void put(String namespace, String name, String value) {
        set.put(new Option(namespace, name), value);
    }

    void putAll(Options others) {
        set.putAll(others.set);
    }

    /** Those of a request: OptionSettings and OptionsToRemove. */
    void change(QueryInput input) throws AwsError {
        for (QueryInput option : input.items("OptionsToRemove.member")) {
            set.remove(of(option));
        }
        for (QueryInput option : input.items("OptionSettings.member")) {
            set.put(of(option), option.text("Value", ""));
        }
    }

    private static Option of(QueryInput input) throws AwsError {
        String namespace = input.text("Namespace", "");
        String name = input.text("OptionName", "");
        if (!namespace.startsWith("aws:") || name.isEmpty()) {
            throw invalid(namespace, name, "Unknown configuration setting.");
        }
        return new Option(namespace, name);
    }

    static AwsError invalid(String namespace, String name, String why) {
        return AwsError.badRequest(
                "ConfigurationValidationException",
                "Configuration validation exception: Invalid option specification (Namespace: '" + namespace
                        + "', OptionName: '" + name + "'): " + why);
    }

    /** The value that holds; empty when it is not set and has no default. */
    String get(String namespace, String name) {
        Option option = new Option(namespace, name);
        return set.getOrDefault(option, DEFAULTS.getOrDefault(option, ""));
    }

    int number(String namespace, String name, int otherwise) {
        try {
            return Integer.parseInt(get(namespace, name));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** The variables of the application, by name. */
    Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        set.forEach((option, value) -> {
            if (option.namespace().equals(VARIABLES)) {
                variables.put(option.name(), value);
            }
        });
        return variables;
    }

    /** All that hold. */
    Map<Option, String> all() {
        Map<Option, String> all = new TreeMap<>(DEFAULTS);
        all.putAll(set);
        return all;
    }

    /** OptionSettings. */
    void writeTo(Xml xml) throws XMLStreamException {
        Shapes.list(
                xml,
                "OptionSettings",
                all().entrySet(),
                (option, member) -> member.text("Namespace", option.getKey().namespace())
                        .text("OptionName", option.getKey().name())
                        .text("Value", option.getValue()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Options options && set.equals(options.set);
    }

    @Override
    public int hashCode() {
        return set.hashCode();
    }
}
