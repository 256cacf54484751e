package io.jenkins.plugins.awscicd.localaws.codebuild.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads files in JUnit's XML format. */
public final class JUnitFiles {

    private JUnitFiles() {}

    /** @throws IOException also if a file is no such XML */
    public static List<TestCase> read(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            NodeList all = factory.newDocumentBuilder().parse(file.toFile()).getElementsByTagName("testcase");
            List<TestCase> cases = new ArrayList<>();
            for (int i = 0; i < all.getLength(); i++) {
                cases.add(testCase((Element) all.item(i)));
            }
            return cases;
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static TestCase testCase(Element element) {
        String suite = element.getParentNode() instanceof Element parent ? parent.getAttribute("name") : "";
        String time = element.getAttribute("time").replace(",", "");
        long nanos = time.isEmpty() ? 0 : Math.round(Double.parseDouble(time) * 1e9);
        for (String[] kind : new String[][] {{"error", "ERROR"}, {"failure", "FAILED"}, {"skipped", "SKIPPED"}}) {
            Element child = (Element) element.getElementsByTagName(kind[0]).item(0);
            if (child != null) {
                String said = child.getAttribute("message");
                String message = said.isEmpty() ? child.getTextContent().strip() : said;
                return new TestCase(
                        suite,
                        element.getAttribute("classname"),
                        element.getAttribute("name"),
                        kind[1],
                        nanos,
                        message);
            }
        }
        return new TestCase(
                suite, element.getAttribute("classname"), element.getAttribute("name"), "SUCCEEDED", nanos, null);
    }
}
