package io.jenkins.plugins.awscicd.localaws.cloudformation.changeset;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.StackSettings;
import io.jenkins.plugins.awscicd.localaws.cloudformation.template.ParameterValue;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/** Parts of responses that occur in many of them. */
public final class StackXml {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Writes one item of a list. */
    @FunctionalInterface
    public interface Item<T> {
        void write(T item, Xml xml) throws XMLStreamException;
    }

    private StackXml() {}

    /** {@code null} for {@code null}. */
    public static String time(Instant instant) {
        return instant == null ? null : TIME.format(instant);
    }

    public static void texts(Xml xml, String name, Collection<String> texts) throws XMLStreamException {
        xml.element(name, list -> {
            for (String text : texts) {
                list.text("member", text);
            }
        });
    }

    public static <T> void list(Xml xml, String name, Collection<T> items, Item<T> each) throws XMLStreamException {
        xml.element(name, list -> {
            for (T item : items) {
                list.element("member", member -> each.write(item, member));
            }
        });
    }

    /** What stacks and change sets have in common. */
    public static void settings(Xml xml, StackSettings settings) throws XMLStreamException {
        list(xml, "Parameters", settings.parameters().values(), StackXml::parameter);
        list(xml, "Tags", settings.tags().entrySet(), StackXml::tag);
        texts(xml, "Capabilities", settings.capabilities());
        texts(xml, "NotificationARNs", settings.notificationArns());
        xml.element("RollbackConfiguration", triggers -> {
            StackSettings.RollbackTriggers rollback = settings.triggers();
            if (!rollback.arns().isEmpty()) {
                list(
                        triggers,
                        "RollbackTriggers",
                        rollback.arns(),
                        (trigger, one) -> one.text("Arn", trigger.arn()).text("Type", trigger.type()));
                triggers.text("MonitoringTimeInMinutes", rollback.monitoring().toMinutes());
            }
        });
    }

    private static void parameter(ParameterValue value, Xml xml) throws XMLStreamException {
        xml.text("ParameterKey", value.spec().name())
                .text("ParameterValue", value.shown())
                .text("ResolvedValue", value.shownResolved());
    }

    private static void tag(Map.Entry<String, String> tag, Xml xml) throws XMLStreamException {
        xml.text("Key", tag.getKey()).text("Value", tag.getValue());
    }
}
