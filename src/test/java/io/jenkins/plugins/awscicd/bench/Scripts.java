package io.jenkins.plugins.awscicd.bench;

/** The Jenkinsfiles of the bench. They note a time in each branch and say all of them in one line at their end. */
final class Scripts {

    /** Begins the line with what was noted. */
    static final String NOTED = "noted: ";

    private Scripts() {}

    /**
     * The same in many branches at once.
     *
     * @param body what a branch does, up to noting something; knows its number as {@code number}
     */
    static String parallel(int branches, String body) {
        return """
                def noted = [:]
                def branches = [:]
                for (int i = 1; i <= %d; i++) {
                    int number = i
                    branches['b' + number] = {
                        %s
                    }
                }
                try {
                    parallel branches
                } finally {
                    echo '%s' + noted
                }
                """.formatted(branches, body, NOTED);
    }

    /** Notes by the name of the branch how much later than wanted the sleep was over. */
    static String sleep(int seconds) {
        return "long due = System.currentTimeMillis() + " + seconds * 1000L + "\nsleep " + seconds
                + "\nnoted['b' + number] = System.currentTimeMillis() - due";
    }

    /** Notes when a step was over, by the id of its build. */
    static String build(String project, String log) {
        return "def build = codeBuild project: \"" + project + "\", log: '" + log + "'\n"
                + "noted[build.id] = System.currentTimeMillis()";
    }

    /** The same by hand. */
    static String naiveBuild(String project, String endpoint) {
        return "def id = naiveBuild project: \"" + project + "\", endpoint: '" + endpoint + "'\n"
                + "noted[id] = System.currentTimeMillis()";
    }

    /** Notes when a step was over that does not end well, by its project, of which each branch has one of its own. */
    static String abortedBuild(String projects) {
        return "try {\ncodeBuild project: '" + projects + "' + number\n" + "} finally {\nnoted['" + projects
                + "' + number] = System.currentTimeMillis()\n}";
    }
}
