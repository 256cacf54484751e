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

    /** Null if a tree is made, and no text. */
    private final XMLStreamWriter writer;

    private XmlTree current;

    private Xml(XMLStreamWriter writer, XmlTree current) {
        this.writer = writer;
        this.current = current;
    }

    /** What is inside a root without a name. */
    static XmlTree tree(Content content) {
        XmlTree root = new XmlTree("");
        try {
            content.writeTo(new Xml(null, root));
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return root;
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
            content.writeTo(new Xml(writer, null));
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    /** An element with text; nothing when the value is {@code null}. */
    public Xml text(String name, Object value) throws XMLStreamException {
        return value == null ? this : element(name, xml -> xml.characters(value.toString()));
    }

    /** Text within the current element. */
    public Xml characters(String text) throws XMLStreamException {
        if (writer == null) {
            current.add(text);
        } else {
            writer.writeCharacters(text);
        }
        return this;
    }

    /** An element with elements. */
    public Xml element(String name, Content content) throws XMLStreamException {
        if (writer == null) {
            XmlTree outer = current;
            current = new XmlTree(name);
            outer.add(current);
            content.writeTo(this);
            current = outer;
        } else {
            writer.writeStartElement(name);
            content.writeTo(this);
            writer.writeEndElement();
        }
        return this;
    }
}
