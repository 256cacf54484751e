package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.NonNull;
import jenkins.security.HMACConfidentialKey;

/**
 * Stands for a value that may be a secret: the same for the same value in this Jenkins, and of no use to whoever tries values. Reads the
 * key from disk when it is needed first.
 */
public final class OptionDigest {

    private static final HMACConfidentialKey KEY = new HMACConfidentialKey(OptionDigest.class, "values", 16);

    private OptionDigest() {}

    @NonNull
    public static String of(@NonNull String value) {
        return "value " + KEY.mac(value);
    }
}
