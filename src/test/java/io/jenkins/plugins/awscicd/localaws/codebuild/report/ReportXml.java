package io.jenkins.plugins.awscicd.localaws.codebuild.report;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads XML that builds have written. JaCoCo and Cobertura write a DOCTYPE: it is read over, and nothing that it names is loaded. */
final class ReportXml {

    private ReportXml() {}

    /** @throws IOException also if a file is no XML, or its root is none of those elements */
    static Element root(Path file, String... names) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
            builder.setErrorHandler(null);
            Element root = builder.parse(file.toFile()).getDocumentElement();
            if (!List.of(names).contains(root.getTagName())) {
                // In the words of aws/aws-cdk #13867.
                throw new IOException(
                        file + ": expected element type <" + names[0] + "> but have <" + root.getTagName() + ">");
            }
            return root;
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** All elements of a name below another. */
    static List<Element> all(Element below, String name) {
        NodeList found = below.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    /** The elements of a name directly below another. */
    static List<Element> children(Element of, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getTagName().equals(name)) {
                children.add(child);
            }
        }
        return children;
    }

    /** The text of the first element of a name below another; null if there is none. */
    static String text(Element below, String name) {
        List<Element> found = all(below, name);
        return found.isEmpty() ? null : found.get(0).getTextContent().strip();
    }

    /** The next element of a name around another; null if there is none. */
    static Element around(Element element, String name) {
        for (Node node = element.getParentNode(); node instanceof Element parent; node = parent.getParentNode()) {
            if (parent.getTagName().equals(name)) {
                return parent;
            }
        }
        return null;
    }

    /** 0 if it has none, or no number. */
    static double number(Element element, String attribute) {
        String value = element.getAttribute(attribute).replace(",", "");
        try {
            return value.isEmpty() ? 0 : Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static int count(Element element, String attribute) {
        return (int) number(element, attribute);
    }
}
