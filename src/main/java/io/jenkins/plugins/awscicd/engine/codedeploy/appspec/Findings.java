package io.jenkins.plugins.awscicd.engine.codedeploy.appspec;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What is wrong with an AppSpec, and what is doubtful: parts of sentences that follow its name, such as
 * {@code has no os; use os: linux or os: windows}.
 */
public final class Findings implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> problems = new ArrayList<>();
    private final LinkedHashSet<String> doubts = new LinkedHashSet<>();

    Findings() {}

    void problem(String what) {
        problems.add(what);
    }

    void doubt(String what) {
        doubts.add(what);
    }

    /** With these, AWS or the agent refuses the deployment; empty if there are none. */
    @NonNull
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** These are taken by AWS and its agent, or by some versions, but hardly mean what they say; empty if there are none. */
    @NonNull
    public List<String> doubts() {
        return List.copyOf(doubts);
    }
}
