package io.jenkins.plugins.awscicd.engine.text;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Sentences that people read, from {@code Texts.properties} beside a class, in the language of the controller: the same sentence
 * stands in a form and in a log that many people read. They are in a bundle of the JDK's, as what generates Jenkins' own
 * {@code Messages} is not on Maven Central, and codes that the Jenkins layer translates would have to go along with each exception.
 */
public final class Texts {

    private final ResourceBundle bundle;

    private Texts(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    /** Those of a class's package. */
    @NonNull
    public static Texts of(@NonNull Class<?> owner) {
        return new Texts(ResourceBundle.getBundle(
                owner.getPackageName() + ".Texts", Locale.getDefault(), owner.getClassLoader()));
    }

    /**
     * One of them.
     *
     * @param values what stands for <code>{0}</code> and the following; as they are, so numbers should come as texts where they are not
     *     to be grouped
     * @throws java.util.MissingResourceException if there is none of this key
     */
    @NonNull
    public String get(@NonNull String key, @NonNull Object... values) {
        return new MessageFormat(bundle.getString(key), bundle.getLocale()).format(values);
    }
}
