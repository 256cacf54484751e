package io.jenkins.plugins.awscicd.rehearsal.stage;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The plugin's own sentences, which its guards say in Jenkins: so that a rehearsal says the same. */
final class Texts {

    private static final ResourceBundle BUNDLE =
            ResourceBundle.getBundle("io.jenkins.plugins.awscicd.delivery.Messages", Locale.ROOT);

    private Texts() {}

    static String of(String key, Object... arguments) {
        return MessageFormat.format(BUNDLE.getString(key), arguments);
    }
}
