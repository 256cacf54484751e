package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Takes the test cases of builds: whatever a step runs in. */
public interface TestRecorder {

    /** Takes none. */
    TestRecorder NONE = new TestRecorder() {
        @Override
        public TestResults mode() {
            return null;
        }

        @Override
        public CompletableFuture<Void> record(String build, Path folder) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void unstable(String why) {}
    };

    /** What comes of the test cases; null if nothing does, and nothing is recorded. */
    @CheckForNull
    TestResults mode();

    /**
     * Records test cases. May be called again with those of a build which it has recorded, if that was not kept before a restart.
     *
     * @param build the build's id
     * @param folder of files in JUnit's XML format, {@code *.xml}, in which each suite has the build's id; deleted when this is done
     * @return done when they are recorded, on any thread
     */
    @NonNull
    CompletableFuture<Void> record(@NonNull String build, @NonNull Path folder);

    /** The step succeeds in a run that is unstable. May be called again after a restart. */
    void unstable(@NonNull String why);
}
