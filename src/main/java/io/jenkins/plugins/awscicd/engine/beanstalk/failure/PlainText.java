package io.jenkins.plugins.awscicd.engine.beanstalk.failure;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.regex.Pattern;

/** What others have written, so that it can do a console no harm: only colours are left of what steers a terminal. */
final class PlainText {

    private static final int LONGEST = 2_000;
    /** Sequences that steer a terminal. Those of a colour or weight end with an m. */
    private static final Pattern SEQUENCE = Pattern.compile(
            "\u001B(?:\\[([0-9;:?<=>]*)[ -/]*([@-~])|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|[^\\[\\]])");

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\t\u001B]]|\\p{Cf}|\u001B(?!\\[[0-9;]*m)");
    /** What it covers cannot be seen, and Jenkins takes what it finds there for notes of its own. */
    private static final Pattern CONCEALED = Pattern.compile("(?:.*;)?0*8(?:;.*)?");

    private static final String RESET = "\u001B[0m";

    private PlainText() {}

    /** A text of several lines in one, of bounded length, without colours. */
    @NonNull
    static String line(@NonNull String text) {
        String plain = SEQUENCE.matcher(cut(text.strip())).replaceAll("");
        return CONTROL.matcher(plain.replaceAll("\\s*\\R\\s*", " ")).replaceAll("");
    }

    /** A line of a log, with its colours; they end with it. */
    @NonNull
    static String colored(@NonNull String line) {
        String steered = SEQUENCE.matcher(cut(line))
                .replaceAll(it -> "m".equals(it.group(2)) && isColor(it.group(1)) ? "$0" : "");
        String colored = CONTROL.matcher(steered).replaceAll("");
        return colored.indexOf('\u001B') < 0 ? colored : colored + RESET;
    }

    private static boolean isColor(String parameters) {
        return parameters.matches("[0-9;]*") && !CONCEALED.matcher(parameters).matches();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
    }
}
