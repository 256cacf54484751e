package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Texts that may be secrets, in what a job keeps of a step: encrypted, so that whoever may read a job's configuration, or a backup of
 * it, does not read them. What an earlier version has kept as plain text is taken as it is.
 */
public final class SealedTexts {

    /** In front, as a text that happens to be something encrypted would be taken for that, and decrypted. */
    private static final String SIGN = "=";

    private SealedTexts() {}

    /**
     * All texts and numbers in it encrypted, also those of maps and lists in it: a PIN is a secret as well, and is a text afterwards.
     * What is encrypted already, a yes or no, and whatever else is no text, stays as it is.
     */
    @CheckForNull
    public static Object seal(@CheckForNull Object plain) {
        if (plain instanceof CharSequence || plain instanceof Number) {
            return Secret.fromString(SIGN + plain);
        }
        if (plain instanceof Collection<?> several) {
            return each(several, SealedTexts::seal);
        }
        return plain instanceof Map<?, ?> map ? sealValues(map) : plain;
    }

    private static List<Object> each(Collection<?> several, UnaryOperator<Object> change) {
        List<Object> changed = new ArrayList<>();
        several.forEach(item -> changed.add(change.apply(item)));
        return changed;
    }

    /** A map with all values {@linkplain #seal sealed}. */
    public static Map<String, Object> sealValues(Map<?, ?> plain) {
        Map<String, Object> sealed = new LinkedHashMap<>();
        plain.forEach((name, value) -> sealed.put(String.valueOf(name), seal(value)));
        return sealed;
    }

    /** The reverse; what is not sealed stays as it is. */
    @CheckForNull
    public static Object open(@CheckForNull Object sealed) {
        if (sealed instanceof Secret secret) {
            String text = secret.getPlainText();
            return text.startsWith(SIGN) ? text.substring(SIGN.length()) : text;
        }
        if (sealed instanceof Collection<?> several) {
            return each(several, SealedTexts::open);
        }
        return sealed instanceof Map<?, ?> map ? openValues(map) : sealed;
    }

    /** A map with all values {@linkplain #open opened}. */
    public static Map<String, Object> openValues(Map<?, ?> sealed) {
        Map<String, Object> plain = new LinkedHashMap<>();
        sealed.forEach((name, value) -> plain.put(String.valueOf(name), open(value)));
        return plain;
    }
}
