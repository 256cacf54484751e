package io.jenkins.plugins.awscicd.localaws.codebuild;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables that a buildspec exports, with the values they have at the end. */
final class ExportedVariables {

    private final Shell shell;

    ExportedVariables(Shell shell) {
        this.shell = shell;
    }

    Map<String, String> read(List<String> names) throws IOException, InterruptedException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names) {
            if (name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                values.put(name, shell.evaluate("printf %s \"$" + name + "\""));
            }
        }
        return values;
    }
}
