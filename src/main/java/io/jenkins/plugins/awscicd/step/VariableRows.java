package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;

/** Environment variables between a Jenkinsfile, where they are a map, and a form, where they are rows of name, type and value. */
public final class VariableRows {

    private static final String NAME = "name";
    private static final String TYPE = "type";
    private static final String VALUE = "value";
    private static final String PLAINTEXT = "PLAINTEXT";

    private VariableRows() {}

    @NonNull
    public static List<Map<String, String>> of(@CheckForNull Map<String, Object> variables) {
        List<Map<String, String>> rows = new ArrayList<>();
        if (variables != null) {
            variables.forEach((name, given) -> {
                Map<?, ?> parts = given instanceof Map<?, ?> map ? map : Map.of(VALUE, String.valueOf(given));
                rows.add(Map.of(NAME, name, TYPE, text(parts.get(TYPE)), VALUE, text(parts.get(VALUE))));
            });
        }
        return rows;
    }

    /** @param rows as submitted: nothing, one row, or an array of them; those that are empty do not count */
    @NonNull
    public static Map<String, Object> toMap(@CheckForNull Object rows) {
        List<?> all = rows instanceof List<?> list ? list : rows == null ? List.of() : List.of(rows);
        Map<String, Object> variables = new LinkedHashMap<>();
        for (Object each : all) {
            if (each instanceof JSONObject row) {
                String name = text(row.get(NAME)).trim();
                String type = text(row.get(TYPE));
                String value = text(row.get(VALUE));
                if (!name.isEmpty() || !value.isEmpty()) {
                    boolean plain = type.isEmpty() || type.equals(PLAINTEXT);
                    variables.put(name, plain ? value : parts(value, type));
                }
            }
        }
        return variables;
    }

    private static Map<String, String> parts(String value, String type) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(VALUE, value);
        parts.put(TYPE, type);
        return parts;
    }

    private static String text(@CheckForNull Object given) {
        return given == null ? "" : given.toString();
    }
}
