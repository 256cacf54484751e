package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Computer;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** What may fail, and an approval with it. */
@FunctionalInterface
interface ApprovalWork {

    void run() throws IOException, InterruptedException, TimeoutException;

    /** On Jenkins' threads for work that may block for a moment, such as on a disk. */
    default void later(@NonNull Consumer<Throwable> failed) {
        Computer.threadPoolForRemoting.execute(() -> {
            try {
                run();
            } catch (IOException | TimeoutException | RuntimeException e) {
                failed.accept(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failed.accept(e);
            }
        });
    }
}
