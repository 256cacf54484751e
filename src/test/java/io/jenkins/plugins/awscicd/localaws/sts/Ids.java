package io.jenkins.plugins.awscicd.localaws.sts;

import java.util.concurrent.ThreadLocalRandom;

/** Made-up identifiers in the shape of AWS's. They guard nothing. */
final class Ids {

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private Ids() {}

    /** @param length with the prefix */
    static String upper(String prefix, int length) {
        return prefix + random(UPPER, length - prefix.length());
    }

    static String mixed(int length) {
        return random(MIXED, length);
    }

    private static String random(String letters, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(ThreadLocalRandom.current().nextInt(letters.length())));
        }
        return text.toString();
    }
}
