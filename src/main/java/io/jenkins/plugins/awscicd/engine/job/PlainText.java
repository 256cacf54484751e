package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What others have written, so that it can do a console no harm: only colours are left of what steers a terminal. */
public final class PlainText {

    private static final int LONGEST = 2_000;
    private static final int LONGEST_NAME = 256;
    /**
     * What steers a terminal: sequences, of which those of a colour or weight end with an m, and single characters. All are found in one
     * pass: if they were taken out one kind after the other, what is left could come together to one that was not there before.
     */
    private static final Pattern CONTROL = Pattern.compile(
            "\u001B(?:\\[([0-9;:?<=>]*)[ -/]*([@-~])|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|[^\\[\\]])"
                    + "|[\\p{Cc}&&[^\t\n]]|\\p{Cf}");

    private static final Pattern LINE_END = Pattern.compile("\r+\n|\r+");
    /** What it covers cannot be seen, and Jenkins takes what it finds there for notes of its own. */
    private static final Pattern CONCEALED = Pattern.compile("(?:.*;)?0*8(?:;.*)?");

    private static final String RESET = "\u001B[0m";

    private PlainText() {}

    /** A text of several lines in one, of bounded length, without colours. */
    @NonNull
    public static String line(@NonNull String text) {
        return unbroken(cut(text.strip()));
    }

    /** A name in one line, as it may be said again and again. */
    @NonNull
    public static String name(@NonNull String text) {
        String name =
                unbroken(text.substring(0, Math.min(text.length(), LONGEST)).strip());
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }

    /** A text of several lines in one, without colours. */
    @NonNull
    static String unbroken(@NonNull String text) {
        return steered(text, it -> false).replaceAll("\\s*\\R\\s*", " ");
    }

    /** A text with its lines, without colours. */
    @NonNull
    public static String lines(@NonNull String text) {
        return steered(text, it -> false);
    }

    /** A line of a log, of bounded length, with its colours; they end with it. */
    @NonNull
    public static String colored(@NonNull String line) {
        String colored = output(cut(line)).replace("\n", "");
        return colored.indexOf('\u001B') < 0 ? colored : colored + RESET;
    }

    /** What was printed elsewhere, with its colours and lines. */
    @NonNull
    static String output(@NonNull String text) {
        return steered(text, it -> "m".equals(it.group(2)) && isColor(it.group(1)));
    }

    private static String steered(String text, Predicate<MatchResult> kept) {
        String lines = LINE_END.matcher(text).replaceAll("\n");
        return CONTROL.matcher(lines).replaceAll(it -> kept.test(it) ? Matcher.quoteReplacement(it.group()) : "");
    }

    private static boolean isColor(String parameters) {
        return parameters.matches("[0-9;]*") && !CONCEALED.matcher(parameters).matches();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
    }
}
