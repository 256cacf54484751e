package io.jenkins.plugins.awscicd.delivery.store;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Revisions as there is room for them in a table. */
public final class Shortened {

    private static final Pattern HASH = Pattern.compile("\\b[0-9a-f]{40,64}\\b");
    private static final Pattern FOLDERS = Pattern.compile("^s3://\\S*/(?=[^\\s/])");
    /** Of which the name says more than where it is. */
    private static final Pattern CHANGE_SET =
            Pattern.compile("^arn:aws[a-z-]*:cloudformation:[^:]*:[^:]*:changeSet/([^/]+)/[^/]*$");

    private static final Pattern UUID =
            Pattern.compile("\\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b");
    private static final int HASH_LENGTH = 10;
    private static final int LENGTH = 48;
    private static final int ADDRESS_LENGTH = 60;

    private Shortened() {}

    /** What is kept is not to grow with what AWS says. */
    @NonNull
    public static String cut(@NonNull String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    /** What a link to a page is called: the page's host and path, cut if they are long, and the rest only if that is short. */
    @NonNull
    public static String address(@NonNull String url) {
        String text = url.replaceFirst("^https?://", "");
        if (text.length() <= ADDRESS_LENGTH) {
            return text;
        }
        String page = text.split("[?#]", 2)[0];
        return page.length() < ADDRESS_LENGTH && page.length() < text.length() ? page + "…" : cut(page, ADDRESS_LENGTH);
    }

    /** Without folders, a change set by its name, with short hashes and ids, and without what is in the middle if it still is long. */
    @NonNull
    public static String revision(@NonNull String revision) {
        String named = CHANGE_SET.matcher(revision).replaceFirst("$1");
        String name = UUID.matcher(FOLDERS.matcher(named).replaceFirst("")).replaceAll("$1");
        String text = HASH.matcher(name)
                .replaceAll(hash -> Matcher.quoteReplacement(hash.group().substring(0, HASH_LENGTH)));
        return text.length() <= LENGTH
                ? text
                : text.substring(0, LENGTH / 2) + "…" + text.substring(text.length() - LENGTH / 2 + 1);
    }
}
