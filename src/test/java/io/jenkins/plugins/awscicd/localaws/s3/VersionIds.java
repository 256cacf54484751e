package io.jenkins.plugins.awscicd.localaws.s3;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** Made-up ids of versions and uploads, opaque and safe in URLs as AWS's are. */
final class VersionIds {

    private VersionIds() {}

    static String next() {
        UUID first = UUID.randomUUID();
        ByteBuffer bytes = ByteBuffer.allocate(24)
                .putLong(first.getMostSignificantBits())
                .putLong(first.getLeastSignificantBits())
                .putLong(UUID.randomUUID().getMostSignificantBits());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes.array())
                .replace('-', '.');
    }
}
