package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentResult;
import java.util.HashMap;
import java.util.Map;

/** A revision of CodeDeploy as a script gives it, made plain data of that can be kept with a running step. */
final class AskedRevision {

    private AskedRevision() {}

    /** As {@code codeDeploy} takes it. */
    @NonNull
    static HashMap<String, Object> of(@NonNull Object given) {
        HashMap<String, Object> plain = new HashMap<>();
        if (given instanceof DeploymentResult deployed) {
            var made = deployed.getRevision();
            plain.putAll(made == null ? Map.of() : made.argument());
        } else if (given instanceof Map<?, ?> map) {
            map.forEach((name, value) -> plain.put(String.valueOf(name), plain(value)));
        } else {
            plain.put("key", String.valueOf(given)); // an address, which a map may have there as well
        }
        return plain;
    }

    /** A copy made of texts, numbers, Booleans and maps alone. */
    @CheckForNull
    static Object plain(@CheckForNull Object value) {
        if (value instanceof Map<?, ?> map) {
            HashMap<String, Object> copy = new HashMap<>();
            map.forEach((name, item) -> copy.put(String.valueOf(name), plain(item)));
            return copy;
        }
        return value == null ? null : value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
