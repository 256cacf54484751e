package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.Header;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Adds {@code deploymentMode} to a CreateDeployment call. AWS takes it, but the oldest SDK with which the plugin has to get along
 * has no name for it.
 */
final class RestartMode implements SdkPlugin, ExecutionInterceptor {

    private static final byte[] MODE = "{\"deploymentMode\":\"RESTART\",".getBytes(StandardCharsets.UTF_8);

    @Override
    public void configureClient(SdkServiceClientConfiguration.Builder config) {
        config.overrideConfiguration(config.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(this)
                .build());
    }

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        SdkHttpRequest request = context.httpRequest();
        return request.firstMatchingHeader(Header.CONTENT_LENGTH)
                .map(length -> request.copy(it ->
                        it.putHeader(Header.CONTENT_LENGTH, String.valueOf(Long.parseLong(length) + MODE.length - 1))))
                .orElse(request);
    }

    /** The body is a JSON object with members: it always names an application. */
    @Override
    public Optional<RequestBody> modifyHttpContent(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        return context.requestBody().map(body -> {
            try (InputStream rest = body.contentStreamProvider().newStream()) {
                if (rest.read() != '{') {
                    throw new IllegalStateException("CreateDeployment is no longer sent as JSON");
                }
                return RequestBody.fromBytes(
                        new SequenceInputStream(new ByteArrayInputStream(MODE), rest).readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
