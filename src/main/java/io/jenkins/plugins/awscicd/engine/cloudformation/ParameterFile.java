package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A file with values of parameters, in one of the formats of the AWS CLI: a list of objects with {@code ParameterKey}, as {@code
 * create-stack} takes it, a list of {@code "Name=value"}, or an object with {@code Parameters}, as {@code deploy} and CodePipeline
 * take it. JSON, or the same in YAML.
 */
public final class ParameterFile {

    /** All is text: a value such as {@code 010} or {@code yes} is to be sent as it is written. */
    private static final class Texts extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            // no number, date or truth value is looked for
        }
    }

    private ParameterFile() {}

    /**
     * @param name the file's, for what is wrong with it
     * @throws IllegalArgumentException if it is none
     */
    @NonNull
    public static ParameterValues read(@NonNull String name, @NonNull String text) {
        Object content = parse("parameterFiles: " + name, text);
        Object parameters = content;
        if (content instanceof Map<?, ?> map && map.containsKey("Parameters")) {
            for (String other : List.of("Tags", "StackPolicy")) {
                if (map.containsKey(other)) {
                    throw new IllegalArgumentException("parameterFiles: " + name + " has " + other
                            + ", which is not read from a parameter file; use the argument "
                            + (other.equals("Tags") ? "tags" : "stackPolicy")
                            + " instead, and remove it from the file");
                }
            }
            parameters = map.get("Parameters");
        }
        if (parameters == null || parameters.equals("")) {
            return ParameterValues.none();
        }
        try {
            return ParameterValues.of(parameters);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("parameterFiles: " + name + " " + e.getMessage(), e);
        }
    }

    /**
     * All values of a document as texts.
     *
     * @param what it is, for what is wrong with it
     */
    @NonNull
    public static Object parse(@NonNull String what, @NonNull String text) {
        try {
            LoaderOptions limits = new LoaderOptions();
            Object content = new Yaml(
                            new SafeConstructor(limits),
                            new Representer(new DumperOptions()),
                            new DumperOptions(),
                            limits,
                            new Texts())
                    .load(text);
            return content == null ? "" : content;
        } catch (YAMLException e) {
            // Its message quotes the file, in which there may be secrets.
            throw new IllegalArgumentException(what + " is neither JSON nor YAML" + where(e));
        }
    }

    private static String where(YAMLException e) {
        if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return " (line " + (marked.getProblemMark().getLine() + 1) + ", column "
                    + (marked.getProblemMark().getColumn() + 1) + ")";
        }
        return "";
    }
}
