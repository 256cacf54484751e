package io.jenkins.plugins.awscicd.engine.notify;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * A text for whoever has subscribed to a topic, made to fit
 * <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>'s rules: a job's name or a commit's message does not
 * keep them, and a notice that says a little less is better than none.
 *
 * @param subject the subject of a mail: up to 100 printable ASCII characters; null for none
 * @param body up to 256 KB of UTF-8, not blank
 */
public record Notice(@CheckForNull String subject, @NonNull String body) {

    /** In characters. */
    static final int SUBJECT_LIMIT = 100;
    /** In bytes. */
    static final int BODY_LIMIT = 256 * 1024;

    private static final String CUT = "...";

    /**
     * Accents are left out of the subject, and what else is not ASCII becomes a question mark; line breaks and control characters
     * become blanks. What is too long ends with three dots. Without a body, the subject takes its place.
     *
     * @throws IllegalArgumentException if both are blank
     */
    public Notice {
        subject = subject == null ? null : subjectOf(subject);
        body = body.isBlank() && subject != null ? subject : bodyOf(body);
        if (body.isBlank()) {
            throw new IllegalArgumentException("A notice without subject and body says nothing");
        }
    }

    @CheckForNull
    private static String subjectOf(String wanted) {
        String plain = Normalizer.normalize(wanted, Normalizer.Form.NFKD)
                .replaceAll("[\\p{M}\\p{Cf}]+", "")
                .replaceAll("[\\p{Cntrl}\\p{Z}\\x{80}-\\x{9f}]+", " ")
                .replaceAll("\\p{Pd}", "-")
                .replaceAll("[\u2018\u2019\u201a\u201b]", "'")
                .replaceAll("[\u201c\u201d\u201e\u201f\u00ab\u00bb]", "\"")
                .replaceAll("[^ -~]", "?")
                .strip();
        if (plain.isEmpty()) {
            return null;
        }
        return plain.length() <= SUBJECT_LIMIT ? plain : plain.substring(0, SUBJECT_LIMIT - CUT.length()) + CUT;
    }

    private static String bodyOf(String wanted) {
        byte[] bytes = wanted.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= BODY_LIMIT) {
            return wanted;
        }
        int end = BODY_LIMIT - CUT.length();
        while ((bytes[end] & 0xC0) == 0x80) { // within a character
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + CUT;
    }
}
