package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import java.util.List;

/** Whether an environment may take over from the live one at this moment. */
final class GreenCheck {

    private GreenCheck() {}

    /**
     * Why it may not, in a sentence; null if it may.
     *
     * @param label the version that it is to run; null if any will do
     * @param colours the health that it is to have; empty if any will do
     */
    @CheckForNull
    static String problem(
            @NonNull EnvironmentSnapshot green, @CheckForNull String label, @NonNull List<String> colours) {
        if (!green.ready()) {
            return green.name() + " is " + green.status() + " and not Ready";
        }
        if (label != null && !label.equals(green.versionLabel())) {
            return green.name() + " runs '" + green.versionLabel() + "' now, not '" + label + "', which was prepared";
        }
        if (!colours.isEmpty() && !colours.contains(green.health())) {
            return green.name() + " is " + green.healthInWords() + " now, instead of " + String.join(" or ", colours);
        }
        return null;
    }
}
