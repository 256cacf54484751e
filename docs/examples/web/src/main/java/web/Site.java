package web;

/** What the site answers to a request. Knows nothing of HTTP servers, so that a test can ask it directly. */
final class Site {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final String version;

    Site(String version) {
        this.version = version;
    }

    /** An answer, with its HTTP status. */
    record Answer(int status, String type, String body) {}

    /** Answers a request for a path, of which only the parameter {@code name} of a query counts. */
    Answer answer(String method, String path, String name) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return new Answer(405, TEXT, "This site is only read.\n");
        }
        return switch (path) {
            case "/" -> new Answer(200, HTML, page(name == null || name.isBlank() ? "world" : name.strip()));
            case "/health" ->
                new Answer(200, JSON, "{\"status\":\"UP\",\"version\":\"" + version.replace("\"", "\\\"") + "\"}\n");
            default -> new Answer(404, TEXT, "There is no " + path + " here.\n");
        };
    }

    private String page(String name) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>Hello</title></head>
                <body>
                  <h1>Hello, %s!</h1>
                  <form><label>Your name <input name="name"></label></form>
                  <footer>Version %s</footer>
                </body>
                </html>
                """
                .formatted(escape(name), escape(version));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
