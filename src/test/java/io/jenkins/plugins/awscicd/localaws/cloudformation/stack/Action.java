package io.jenkins.plugins.awscicd.localaws.cloudformation.stack;

import java.util.Locale;

/** What is done to a resource. */
public enum Action {
    CREATE("creation"),
    UPDATE("update"),
    DELETE("deletion"),
    IMPORT("import"),
    /** An update is taken back while the stack rolls back. */
    UNDO("update");

    private final String noun;

    Action(String noun) {
        this.noun = noun;
    }

    String status(String end) {
        return (this == UNDO ? UPDATE : this).name() + "_" + end;
    }

    String cancelled() {
        return "Resource " + noun + " cancelled";
    }

    /** {@code create}, {@code update}. */
    String verb() {
        return (this == UNDO ? UPDATE : this).name().toLowerCase(Locale.ROOT);
    }
}
