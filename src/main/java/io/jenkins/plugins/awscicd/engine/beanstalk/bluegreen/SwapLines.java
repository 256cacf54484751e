package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.time.Duration;

/** What people read of a swap of CNAMEs. */
record SwapLines(@NonNull Step step) {

    /** It is about to be asked for. */
    void swapping(@NonNull EnvironmentSnapshot green, @NonNull Sides sides) {
        Duration bake = step.request().blueGreen().bake();
        if (!bake.isZero()) {
            step.console().line("Healthy for " + bake.toMinutes() + " min: " + green.name());
        }
        step.console().line("Swapping the CNAMEs of " + sides.blue() + " and " + green.name());
    }

    void swapped(@NonNull EnvironmentSnapshot green, @NonNull Sides sides, @NonNull CnameSwap swap) {
        step.console()
                .line(
                        swap.isOurs()
                                ? "Swapped: " + sides.cname() + " is now served by " + green.name() + " (" + since(swap)
                                        + ")"
                                : sides.cname() + " is already served by " + green.name()
                                        + ": something else swapped it");
    }

    /** A guard has refused it. */
    void left(@NonNull EnvironmentSnapshot green, @NonNull Sides sides) {
        step.console()
                .line(green.name() + " is left as it is. To continue: beanstalkDeploy application: '"
                        + step.application()
                        + "', continueBlueGreen: '" + green.name() + "', version: '" + green.versionLabel()
                        + "', cname: '"
                        + sides.cname() + "', and the stage; or terminate it with discardBlueGreen");
    }

    @NonNull
    String notSwapped(@NonNull EnvironmentSnapshot green, @NonNull Sides sides, @NonNull CnameSwap swap) {
        return "AWS was asked to swap the CNAMEs of " + sides.blue() + " and " + green.name() + ", and " + sides.cname()
                + " was not served by " + green.name() + " " + since(swap) + " later";
    }

    @NonNull
    static String updatedMeanwhile(@NonNull EnvironmentSnapshot green, @NonNull Sides sides, @NonNull String label) {
        return sides.cname() + " is served by " + green.name() + ", but with '" + green.versionLabel()
                + "' instead of '" + label + "': somebody has updated it in the meantime";
    }

    /** It was swapped to this, as was seen. */
    @NonNull
    static String isServed(@NonNull EnvironmentSnapshot green, @NonNull Sides sides) {
        boolean since = !green.cname().equals(sides.cname()); // somebody else has swapped it, to whatever
        return sides.cname() + (since ? " was served by " : " is served by ") + green.name() + " with "
                + green.versionLabel() + (since ? ", and was swapped again since" : "");
    }

    /** @param why it may have failed; null if nobody knows */
    @NonNull
    static String lookAt(@NonNull EnvironmentSnapshot green, @NonNull Sides sides, @CheckForNull String why) {
        return "Look at " + sides.blue() + " and " + green.name() + ": "
                + (why == null ? "it is unknown whether " + sides.cname() + " was swapped" : why);
    }

    private String since(CnameSwap swap) {
        return Durations.inWords(Duration.between(swap.asked(), step.now()));
    }
}
