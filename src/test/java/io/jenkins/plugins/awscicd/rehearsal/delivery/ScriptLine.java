package io.jenkins.plugins.awscicd.rehearsal.delivery;

import java.nio.file.Path;
import java.util.Optional;

/** Finds the line of a Jenkinsfile that a failure comes from. */
public final class ScriptLine {

    private final String file;
    private final String type;

    public ScriptLine(Path jenkinsfile) {
        file = String.valueOf(jenkinsfile.getFileName());
        // Groovy names a script's class by its file, without an extension, and replaces what no name may have.
        int dot = file.indexOf('.');
        type = (dot > 0 ? file.substring(0, dot) : file).replaceAll("[^A-Za-z0-9_$]", "_");
    }

    /** Such as {@code Jenkinsfile line 9}; empty if the failure has nothing to do with a line. */
    public Optional<String> of(Throwable failure) {
        for (Throwable it = failure; it != null; it = it.getCause()) {
            for (StackTraceElement frame : it.getStackTrace()) {
                String name = frame.getClassName();
                boolean ours = name.equals(type) || name.startsWith(type + "$");
                if (ours && frame.getLineNumber() > 0) {
                    return Optional.of(file + " line " + frame.getLineNumber());
                }
            }
        }
        return Optional.empty();
    }
}
