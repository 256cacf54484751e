package io.jenkins.plugins.awscicd.localaws.codecommit;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.sts.Sessions;
import io.jenkins.plugins.awscicd.localaws.wire.Request;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who asks with git: the user and the password of Basic authentication. The password is a Signature Version 4 of the method GIT
 * ({@code codecommit.py} of the AWS CLI).
 *
 * @param token the session's, behind a percent sign; null if there is none
 */
record GitUser(String accessKeyId, String token, String password) {

    /** How long a password is good: about a quarter of an hour, as people say; the user guide does not. */
    private static final Duration GOOD = Duration.ofMinutes(15);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    static Optional<GitUser> of(Request request) {
        String authorization = request.header("Authorization");
        if (authorization == null || !authorization.startsWith("Basic ")) {
            return Optional.empty();
        }
        String both = new String(
                Base64.getDecoder().decode(authorization.substring("Basic ".length())), StandardCharsets.UTF_8);
        int colon = both.lastIndexOf(':');
        String user = both.substring(0, colon);
        int percent = user.indexOf('%');
        return Optional.of(new GitUser(
                percent < 0 ? user : user.substring(0, percent),
                percent < 0 ? null : user.substring(percent + 1),
                both.substring(colon + 1)));
    }

    /**
     * Whether this is a password for the repository. Of users whose secret nobody has {@linkplain Sessions#user told}, only its form
     * and its time are known.
     */
    boolean may(String host, String path, Place place, Sessions sessions, Instant now) {
        Optional<Sessions.Session> session = sessions.session(accessKeyId);
        boolean known = session.isPresent()
                ? !sessions.expired(accessKeyId) && session.get().sessionToken().equals(token)
                : token == null && place.account().equals(sessions.home().account());
        if (!known || !password.matches("\\d{8}T\\d{6}Z[0-9a-f]{64}") || !isRecent(now)) {
            return false;
        }
        return sessions.secret(accessKeyId)
                .map(secret -> password.endsWith(signature(secret, host, path, place.region())))
                .orElse(true);
    }

    private boolean isRecent(Instant now) {
        try {
            Instant made = LocalDateTime.parse(time() + "Z", TIME).toInstant(ZoneOffset.UTC);
            return Duration.between(made, now).abs().compareTo(GOOD) <= 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private String time() {
        return password.substring(0, password.indexOf('Z'));
    }

    private String signature(String secret, String host, String path, String region) {
        String day = time().substring(0, 8);
        String canonical = "GIT\n" + path + "\n\nhost:" + host + "\n\nhost\n";
        try {
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
            String text =
                    "AWS4-HMAC-SHA256\n" + time() + "\n" + day + "/" + region + "/codecommit/aws4_request\n" + hash;
            byte[] key = mac(
                    mac(mac(mac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), day), region), "codecommit"),
                    "aws4_request");
            return HexFormat.of().formatHex(mac(key, text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
