package io.jenkins.plugins.awscicd.localaws;

import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * What is left to chance in local AWS: identifiers, which are made up in the shape of AWS's and guard nothing, and which calls a
 * fault hits. From a seed it is always the same.
 */
public final class Chance {

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final RandomGenerator random;

    private Chance(RandomGenerator random) {
        this.random = random;
    }

    /** Different each time. */
    public static Chance any() {
        return new Chance(new Random());
    }

    public static Chance of(long seed) {
        return new Chance(new Random(seed));
    }

    /** A random (version 4) UUID. */
    public String uuid() {
        long most = random.nextLong() & 0xffff_ffff_ffff_0fffL | 0x4000L;
        long least = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(most, least).toString();
    }

    /** Letters and digits as in access key ids: {@code length} of them, with the prefix. */
    public String upper(String prefix, int length) {
        return prefix + text(UPPER, length - prefix.length());
    }

    public String mixed(int length) {
        return text(MIXED, length);
    }

    public String text(String letters, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    /** 0 or more, less than 1. */
    public double next() {
        return random.nextDouble();
    }
}
