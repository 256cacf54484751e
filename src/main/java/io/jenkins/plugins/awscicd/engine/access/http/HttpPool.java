package io.jenkins.plugins.awscicd.engine.access.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/** The connections of all sessions: one pool, and one more for each proxy that was ever set, however many sessions there are. */
public final class HttpPool implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(20);
    /** More than there are threads that call. */
    private static final int CONNECTIONS = 20;

    private static final Duration LONG_POLL_TIMEOUT = Duration.ofSeconds(40);
    private static final int LONG_POLLS = 50;

    private final Supplier<HttpProxy> proxySource;
    private final Function<HttpProxy, SdkHttpClient> maker;
    private final Map<String, SdkHttpClient> clients = new HashMap<>();

    private HttpPool(Supplier<HttpProxy> proxy, Function<HttpProxy, SdkHttpClient> maker) {
        this.proxySource = proxy;
        this.maker = maker;
    }

    /**
     * @param proxy gives null for none
     * @param over what is put over each client that connects
     */
    public static HttpPool ofCalls(Supplier<HttpProxy> proxy, UnaryOperator<SdkHttpClient> over) {
        return new HttpPool(proxy, it -> over.apply(newClient(it, SILENCE_TIMEOUT, CONNECTIONS)));
    }

    /** @param client of somebody else's, for all calls */
    public static HttpPool of(SdkHttpClient client) {
        return new HttpPool(() -> null, proxy -> client);
    }

    /** For the proxy that is set now; not to be closed by the caller. */
    public SdkHttpClient client() {
        HttpProxy proxy = proxySource.get();
        String key = proxy == null ? "" : proxy + "|" + proxy.hashCode();
        synchronized (clients) {
            return clients.computeIfAbsent(key, k -> maker.apply(proxy));
        }
    }

    /** For calls that AWS keeps waiting on purpose, each for up to 20 seconds; they take no connection from others. */
    public static HttpPool ofLongPolls(Supplier<HttpProxy> proxy, UnaryOperator<SdkHttpClient> over) {
        return new HttpPool(proxy, it -> over.apply(newClient(it, LONG_POLL_TIMEOUT, LONG_POLLS)));
    }

    private static SdkHttpClient newClient(@CheckForNull HttpProxy proxy, Duration silence, int connections) {
        ApacheHttpClient.Builder builder = ApacheHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(silence)
                .maxConnections(connections);
        if (proxy != null) {
            builder.proxyConfiguration(ProxyConfiguration.builder()
                    .endpoint(proxy.endpoint())
                    .username(proxy.userName())
                    .password(proxy.password())
                    .nonProxyHosts(proxy.nonProxyHosts())
                    .build());
        }
        return builder.build();
    }

    @Override
    public void close() {
        synchronized (clients) {
            clients.values().forEach(SdkHttpClient::close);
            clients.clear();
        }
    }
}
