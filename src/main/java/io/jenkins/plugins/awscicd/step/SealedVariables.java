package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.Secret;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Environment variables that are kept with a run until AWS has them: encrypted, as their values may well be secrets.
 */
public final class SealedVariables implements Serializable {

    private static final long serialVersionUID = 1L;

    /** By variable and then by part ({@code value}, {@code type}); all values encrypted. */
    private final LinkedHashMap<String, LinkedHashMap<String, String>> sealed = new LinkedHashMap<>();

    public SealedVariables(@NonNull Map<String, ?> variables) {
        variables.forEach((name, given) -> {
            Map<?, ?> parts = given instanceof Map<?, ?> map ? map : Map.of("value", given);
            LinkedHashMap<String, String> sealedParts = new LinkedHashMap<>();
            parts.forEach((part, value) -> {
                if (value != null) {
                    sealedParts.put(String.valueOf(part), seal(String.valueOf(value)));
                }
            });
            sealed.put(name, sealedParts);
        });
    }

    /** With a sign in front, as a text that happens to be something encrypted would be taken for that, and decrypted. */
    private static String seal(String value) {
        return Secret.fromString("=" + value).getEncryptedValue();
    }

    private static String unseal(String sealed) {
        return Secret.toString(Secret.decrypt(sealed)).substring(1);
    }

    @NonNull
    public Map<String, Object> open() {
        Map<String, Object> variables = new LinkedHashMap<>();
        sealed.forEach((name, parts) -> {
            Map<String, String> opened = new LinkedHashMap<>();
            parts.forEach((part, value) -> opened.put(part, unseal(value)));
            variables.put(name, opened);
        });
        return variables;
    }
}
