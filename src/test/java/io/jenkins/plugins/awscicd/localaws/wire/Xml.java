package io.jenkins.plugins.awscicd.localaws.wire;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the XML of REST-XML and Query responses. */
public final class Xml {

    /** Writes what is inside an element. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Xml xml) throws XMLStreamException;
    }

    /** To look for one each time would take longer than to write the document. */
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();

    private final XMLStreamWriter writer;

    private Xml(XMLStreamWriter writer) {
        this.writer = writer;
    }

    /**
     * A whole document.
     *
     * @param namespace of the root; {@code null} for none
     */
    public static String document(String root, String namespace, Content content) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter writer = WRITERS.createXMLStreamWriter(text);
            writer.writeStartDocument("UTF-8", "1.0");
            writer.writeStartElement(root);
            if (namespace != null) {
                writer.writeDefaultNamespace(namespace);
            }
            content.writeTo(new Xml(writer));
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    /** An element with text; nothing when the value is {@code null}. */
    public Xml text(String name, Object value) throws XMLStreamException {
        if (value != null) {
            writer.writeStartElement(name);
            writer.writeCharacters(value.toString());
            writer.writeEndElement();
        }
        return this;
    }

    /** Text within the current element. */
    public Xml characters(String text) throws XMLStreamException {
        writer.writeCharacters(text);
        return this;
    }

    /** An element with elements. */
    public Xml element(String name, Content content) throws XMLStreamException {
        writer.writeStartElement(name);
        content.writeTo(this);
        writer.writeEndElement();
        return this;
    }
}
