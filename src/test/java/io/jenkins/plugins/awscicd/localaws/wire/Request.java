package io.jenkins.plugins.awscicd.localaws.wire;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP request, taken apart.
 *
 * @param path the path, still percent-encoded
 * @param queries the query's parameters, decoded; a parameter without value has the empty value
 * @param form the parameters of a form that was posted, and then the body is empty; else none
 */
public record Request(
        String id,
        String method,
        String path,
        Map<String, String> queries,
        Map<String, String> form,
        Headers headers,
        InputStream body) {

    static Request of(String id, String method, URI uri, Headers headers, InputStream body) throws IOException {
        String type = headers.getFirst("Content-Type");
        boolean posted = method.equals("POST") && type != null && type.startsWith("application/x-www-form-urlencoded");
        Map<String, String> form =
                posted ? form(new String(body.readAllBytes(), StandardCharsets.UTF_8)) : Map.<String, String>of();
        return new Request(id, method, uri.getRawPath(), form(uri.getRawQuery()), form, headers, body);
    }

    /** What there is of a request that did not come over a network: its id. */
    public static Request direct(String id) {
        return new Request(id, "POST", "/", Map.of(), Map.of(), new Headers(), InputStream.nullInputStream());
    }

    /** The parameters of a query string or form, decoded, in their order. */
    private static Map<String, String> form(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        if (encoded != null && !encoded.isEmpty()) {
            for (String pair : encoded.split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                values.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The header's first value, or {@code null}. */
    public String header(String name) {
        return headers.getFirst(name);
    }

    /** The query parameter's value, or {@code null}. */
    public String query(String name) {
        return queries.get(name);
    }

    public boolean hasQuery(String name) {
        return queries.containsKey(name);
    }
}
