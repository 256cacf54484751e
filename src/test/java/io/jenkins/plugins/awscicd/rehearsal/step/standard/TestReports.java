package io.jenkins.plugins.awscicd.rehearsal.step.standard;

import io.jenkins.plugins.awscicd.rehearsal.delivery.Delivery;
import io.jenkins.plugins.awscicd.rehearsal.delivery.Result;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepCall;
import io.jenkins.plugins.awscicd.rehearsal.delivery.StepFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** {@code junit}: counts the tests, and makes the delivery unstable where some have failed. */
final class TestReports {

    private final Delivery delivery;

    TestReports(Delivery delivery) {
        this.delivery = delivery;
    }

    /** @return counts under the names that Jenkins has for them */
    Map<String, Integer> publish(StepCall call, List<String> files) throws IOException {
        if (files.isEmpty() && !call.flag("allowEmptyResults")) {
            throw new StepFailure("junit: no test report matches '" + call.required("testResults") + "'");
        }
        int total = 0;
        int failed = 0;
        int skipped = 0;
        for (String file : files) {
            NodeList cases = parse(delivery.directory().resolve(file)).getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                NodeList outcome = cases.item(i).getChildNodes();
                total++;
                failed += has(outcome, "failure") || has(outcome, "error") ? 1 : 0;
                skipped += has(outcome, "skipped") ? 1 : 0;
            }
        }
        String counts = total + " tests, " + failed + " failed, " + skipped + " skipped";
        delivery.console().line("Test reports: " + counts);
        delivery.timeline().fact("Tests", counts);
        if (failed > 0 && !call.flag("skipMarkingBuildUnstable")) {
            delivery.worsen(Result.UNSTABLE, counts);
        }
        return Map.of(
                "totalCount", total, "failCount", failed, "skipCount", skipped, "passCount", total - failed - skipped);
    }

    private static boolean has(NodeList nodes, String name) {
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i).getNodeName().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static Document parse(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e); // every JDK has it
        } catch (SAXException e) {
            throw new IOException(file.getFileName() + " is not a test report: " + e.getMessage(), e);
        }
    }
}
