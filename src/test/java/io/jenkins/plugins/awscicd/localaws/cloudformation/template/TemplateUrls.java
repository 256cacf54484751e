package io.jenkins.plugins.awscicd.localaws.cloudformation.template;

import io.jenkins.plugins.awscicd.localaws.s3.S3;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Templates that are objects of S3. */
public final class TemplateUrls {

    private static final int LARGEST = 1_000_000;

    private final S3 s3;

    public TemplateUrls(S3 s3) {
        this.s3 = s3;
    }

    /** The template at a URL of S3, of whatever form, or of local AWS. */
    public String text(String url) throws TemplateError {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw unsupported();
        }
        String host = uri.getHost();
        if (host == null || uri.getRawPath() == null) {
            throw unsupported();
        }
        String path = URLDecoder.decode(uri.getRawPath().replace("+", "%2B"), StandardCharsets.UTF_8);
        String key = path.isEmpty() ? "" : path.substring(1);
        String bucket;
        if (host.matches(".+\\.s3[.-].*amazonaws\\.com(\\.cn)?")) {
            bucket = host.substring(0, host.indexOf(".s3"));
        } else if (host.startsWith("s3") || host.equals("127.0.0.1") || host.equals("localhost")) {
            int slash = key.indexOf('/');
            if (slash < 0) {
                throw unsupported();
            }
            bucket = key.substring(0, slash);
            key = key.substring(slash + 1);
        } else {
            throw unsupported();
        }
        return object(bucket, key);
    }

    private String object(String bucket, String key) throws TemplateError {
        if (!s3.exists(bucket)) {
            throw failed("The specified bucket does not exist");
        }
        if (s3.object(bucket, key).isEmpty()) {
            throw failed("The specified key does not exist.");
        }
        byte[] bytes = s3.bytes(bucket, key);
        if (bytes.length > LARGEST) {
            throw new TemplateError("Template may not exceed " + LARGEST + " bytes in size.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static TemplateError failed(String message) {
        return new TemplateError("S3 error: " + message
                + "\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html");
    }

    private static TemplateError unsupported() {
        return new TemplateError("TemplateURL must be a supported URL.");
    }
}
