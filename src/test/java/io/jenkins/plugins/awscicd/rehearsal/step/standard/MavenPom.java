package io.jenkins.plugins.awscicd.rehearsal.step.standard;

import groovy.lang.GroovyObjectSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** What {@code readMavenPom} returns: the elements of a pom.xml, as properties or by getters; what holds others is a map. */
final class MavenPom extends GroovyObjectSupport {

    private final Map<String, Object> elements;

    private MavenPom(Map<String, Object> elements) {
        this.elements = elements;
    }

    static MavenPom read(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new MavenPom(map(factory.newDocumentBuilder()
                    .parse(Files.newInputStream(file))
                    .getDocumentElement()));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " is not a pom.xml: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> map(Element parent) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                Map<String, Object> inner = map(element);
                map.put(
                        element.getTagName(),
                        inner.isEmpty() ? element.getTextContent().strip() : inner);
            }
        }
        return map;
    }

    @Override
    public Object getProperty(String name) {
        return elements.get(name);
    }

    @Override
    public Object invokeMethod(String method, Object arguments) {
        return method.matches("get[A-Z].*")
                ? elements.get(Character.toLowerCase(method.charAt(3)) + method.substring(4))
                : super.invokeMethod(method, arguments);
    }
}
