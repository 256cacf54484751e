package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;

/** Parts of responses that occur in many of them. */
final class Shapes {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Writes one item of a list. */
    @FunctionalInterface
    interface Item<T> {
        void write(T item, Xml xml) throws XMLStreamException;
    }

    private Shapes() {}

    /** {@code null} for {@code null}. */
    static String time(Instant instant) {
        return instant == null ? null : TIME.format(instant);
    }

    static void texts(Xml xml, String name, Collection<String> texts) throws XMLStreamException {
        xml.element(name, list -> {
            for (String text : texts) {
                list.text("member", text);
            }
        });
    }

    static <T> void list(Xml xml, String name, Collection<T> items, Item<T> each) throws XMLStreamException {
        xml.element(name, list -> {
            for (T item : items) {
                list.element("member", member -> each.write(item, member));
            }
        });
    }
}
