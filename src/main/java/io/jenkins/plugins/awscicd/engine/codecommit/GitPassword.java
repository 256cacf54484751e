package io.jenkins.plugins.awscicd.engine.codecommit;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * The user and the password by which CodeCommit knows who asks for a repository with git: a Signature Version 4 of the method
 * {@code GIT}, good for this one repository, and for about a quarter of an hour ({@code codecommit.py} of the AWS CLI, which makes the
 * same of the same).
 *
 * @param user the access key, and behind a percent sign the session's token, if there is one
 * @param password the time and the signature
 */
public record GitPassword(@NonNull String user, @NonNull String password) {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String SERVICE = "codecommit";
    private static final String END = "aws4_request";

    /** Unlike that of other signatures, it has no zone. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** @param now by AWS's clock */
    @NonNull
    public static GitPassword of(
            @NonNull GitRepository repository, @NonNull AwsCredentials credentials, @NonNull Instant now) {
        String time = TIME.format(now);
        String user = credentials.accessKeyId();
        if (credentials instanceof AwsSessionCredentials session) {
            user += '%' + session.sessionToken();
        }
        return new GitPassword(user, time + 'Z' + signature(repository, credentials.secretAccessKey(), time));
    }

    private static String signature(GitRepository repository, String secret, String time) {
        String day = time.substring(0, time.indexOf('T'));
        String request = "GIT\n" + repository.path() + "\n\nhost:" + repository.host() + "\n\nhost\n";
        String scope = String.join("/", day, repository.region(), SERVICE, END);
        try {
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8)));
            byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
            for (String part : new String[] {day, repository.region(), SERVICE, END}) {
                key = hmac(key, part);
            }
            return HexFormat.of().formatHex(hmac(key, String.join("\n", ALGORITHM, time, scope, digest)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // each Java has both
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Secret, both of them. */
    @Override
    public String toString() {
        return "GitPassword";
    }
}
