package io.jenkins.plugins.awscicd.rehearsal.report;

/** Markup, in which all that is not markup is escaped. */
final class Html {

    private final StringBuilder markup = new StringBuilder();

    /** Markup as it is: constants only. */
    Html raw(String constant) {
        markup.append(constant);
        return this;
    }

    /** Text that may have come from anywhere. */
    Html text(Object text) {
        String.valueOf(text).codePoints().forEach(letter -> {
            switch (letter) {
                case '&' -> markup.append("&amp;");
                case '<' -> markup.append("&lt;");
                case '>' -> markup.append("&gt;");
                case '"' -> markup.append("&quot;");
                case '\'' -> markup.append("&#39;");
                default -> {
                    // No browser shows them, and some are taken for something else.
                    if (letter >= ' ' || letter == '\n' || letter == '\t') {
                        markup.appendCodePoint(letter);
                    }
                }
            }
        });
        return this;
    }

    /** An element with text in it. */
    Html element(String name, String cssClass, Object text) {
        return raw("<" + name + " class=\"" + cssClass + "\">").text(text).raw("</" + name + ">");
    }

    /** A link, if it is one to a page; its text alone if it is not. */
    Html link(String address, Object text) {
        if (address == null || !address.matches("https?://\\S+")) {
            return text(text);
        }
        return raw("<a rel=\"noreferrer\" href=\"")
                .text(address)
                .raw("\">")
                .text(text)
                .raw("</a>");
    }

    @Override
    public String toString() {
        return markup.toString();
    }
}
