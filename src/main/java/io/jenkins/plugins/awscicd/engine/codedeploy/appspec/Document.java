package io.jenkins.plugins.awscicd.engine.codedeploy.appspec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The YAML of an AppSpec, or its JSON, which is YAML as well. */
final class Document {

    /** A number that is another one than is written, as YAML takes 0755 for 493. */
    record Octal(String written, Object value) {

        @Override
        public String toString() {
            return written;
        }
    }

    private Document() {}

    /** What it says; null if it is no map, which is found then. */
    @CheckForNull
    static Map<?, ?> read(String content, String sections, Findings findings) {
        try {
            Object root = new Yaml(new AsWritten()).load(first(content));
            if (root instanceof Map<?, ?> map) {
                lookAt(content, findings);
                return map;
            }
        } catch (YAMLException e) {
            findings.problem("is not valid YAML: " + inOneLine(e, content));
            return null;
        }
        findings.problem("is not a map with " + sections);
        return null;
    }

    /** The agent reads the first document alone. */
    private static String first(String content) {
        Iterator<String> lines = content.lines().iterator();
        StringBuilder first = new StringBuilder();
        boolean begun = false;
        while (lines.hasNext()) {
            String line = lines.next();
            boolean mark = line.equals("---") || line.startsWith("--- ");
            if (begun && (mark || line.equals("..."))) {
                break;
            }
            begun |= mark || !line.isBlank() && !line.startsWith("#") && !line.startsWith("%");
            first.append(line).append('\n');
        }
        return first.toString();
    }

    private static void lookAt(String content, Findings findings) {
        String first = first(content);
        Yaml yaml = new Yaml(new AsWritten());
        for (Event event : yaml.parse(new java.io.StringReader(first))) {
            if (event instanceof AliasEvent alias) {
                findings.doubt("uses *" + alias.getAnchor() + ", which agents that run on Ruby 3.1 or newer refuse;"
                        + " write out what it stands for");
            }
        }
        keysGivenTwice(yaml.compose(new java.io.StringReader(first)), findings);
    }

    private static void keysGivenTwice(@CheckForNull Node node, Findings findings) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> keysGivenTwice(item, findings));
        } else if (node instanceof MappingNode map) {
            Set<String> known = new TreeSet<>();
            for (NodeTuple entry : map.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key && !known.add(key.getValue())) {
                    findings.doubt("has '" + key.getValue() + "' twice in one map, of which AWS uses the last");
                }
                keysGivenTwice(entry.getValueNode(), findings);
            }
        }
    }

    /** What is wrong and where; without the excerpt, which only makes sense below each other. */
    private static String inOneLine(YAMLException e, String content) {
        Mark mark = e instanceof MarkedYAMLException marked ? marked.getProblemMark() : null;
        String problem = e instanceof MarkedYAMLException marked ? marked.getProblem() : e.getMessage();
        String said = String.valueOf(problem).lines().findFirst().orElse("").strip();
        if (mark == null) {
            return said;
        }
        String where = " in line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
        return said
                + where
                + advice(content.lines().skip(mark.getLine()).findFirst().orElse(""), said);
    }

    private static String advice(String line, String said) {
        if (line.matches(".*[:\\[,-]\\s*\\*.*")) {
            return "; put a pattern in quotes, such as pattern: \"**\"";
        }
        if (line.contains("\t")) {
            return "; indent with spaces, not tabs";
        }
        if (line.matches("\\s*(- )?\\w+:[^\\s].*")) {
            return "; put a space after the colon";
        }
        if (said.startsWith("mapping values")) {
            return "; put a value with a colon in quotes, or indent the line as those that it belongs to";
        }
        return said.contains("<block end>") ? "; indent the line as those that it belongs to" : "";
    }

    /** An entry of a map, whatever the case of its name. */
    @CheckForNull
    static Object anyCase(Map<?, ?> map, String name) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (name.equalsIgnoreCase(String.valueOf(entry.getKey()))) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** Says which names of a map nobody reads. */
    static void unread(Map<?, ?> map, List<String> known, String where, Findings findings) {
        for (Object key : map.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                findings.doubt("has '" + key + "'" + where + ", which the agent does not read; it reads "
                        + String.join(", ", known));
            }
        }
    }

    /** The name among these that differs in case alone, or in its dashes; null if there is none, or it is the same. */
    @CheckForNull
    static String meant(String name, List<String> known) {
        return known.contains(name)
                ? null
                : known.stream()
                        .filter(it -> plain(it).equals(plain(name)))
                        .findFirst()
                        .orElse(null);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setWarnOnDuplicateKeys(false); // it is told in the console
        return options;
    }

    /** Keeps how numbers are written that begin with a zero. */
    private static final class AsWritten extends SafeConstructor {

        AsWritten() {
            super(options());
            yamlConstructors.put(Tag.INT, new ConstructYamlInt() {
                @Override
                public Object construct(Node node) {
                    Object value = super.construct(node);
                    return node instanceof ScalarNode scalar
                                    && scalar.getValue().matches("0[0-7_]+")
                            ? new Octal(scalar.getValue(), value)
                            : value;
                }
            });
        }
    }
}
