package web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** Serves the site on the port that is the argument; without one, on that of the variable PORT, or 8080. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws IOException {
        String given = args.length == 0 ? System.getenv().getOrDefault("PORT", "8080") : args[0];
        int port = Integer.parseInt(given);
        Site site = new Site(version());
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/", exchange -> serve(site, exchange));
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
        System.out.println("Version " + version() + " at http://localhost:" + server.getAddress().getPort() + "/");
    }

    private static void serve(Site site, HttpExchange exchange) throws IOException {
        try (exchange) {
            Site.Answer answer = site.answer(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    name(exchange.getRequestURI().getRawQuery()));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** The parameter {@code name} of a query, or null. */
    static String name(String query) {
        if (query != null) {
            for (String parameter : query.split("&")) {
                if (parameter.startsWith("name=")) {
                    return URLDecoder.decode(parameter.substring("name=".length()), StandardCharsets.UTF_8);
                }
            }
        }
        return null;
    }

    /** The version that the build put beside the classes. */
    private static String version() throws IOException {
        try (InputStream in = Main.class.getResourceAsStream("/version.txt")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
