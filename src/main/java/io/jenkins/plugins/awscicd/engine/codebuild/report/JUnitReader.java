package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** One document in JUnit's XML format, read from its begin to its end, with one test case at a time in memory. */
final class JUnitReader {

    private static final int DEEPEST = 100;
    /** Of characters of a name or a message. */
    private static final int LONGEST_NAME = 4_000;
    /** Of characters that a test says or prints: as many as Jenkins keeps of a test that failed. */
    private static final int LONGEST_TEXT = 100_000;

    private final XMLStreamReader xml;
    private final JUnitXml to;
    private final Deque<String> suites = new ArrayDeque<>();
    private final int most;
    private int depth;
    private int cases;

    /** @param most test cases that are read; more fail */
    JUnitReader(@NonNull XMLStreamReader xml, @NonNull JUnitXml to, int most) {
        this.xml = xml;
        this.to = to;
        this.most = most;
    }

    /**
     * Reads it.
     *
     * @return how many test cases there were
     */
    int read() throws XMLStreamException, IOException {
        String root = next();
        if (!"testsuites".equals(root) && !"testsuite".equals(root)) {
            throw new IOException("it is not in JUnit's format: it begins with <" + shortened(root, 40) + ">");
        }
        read(root);
        return cases;
    }

    private void read(String element) throws XMLStreamException, IOException {
        if (element.equals("testsuite")) {
            suite();
        } else if (element.equals("testcase")) {
            testCase();
        } else if (element.equals("testsuites")) {
            for (String inner = next(); inner != null; inner = next()) {
                read(inner);
            }
        } else {
            text(0);
        }
    }

    private void suite() throws XMLStreamException, IOException {
        String name = attribute("name");
        String folder = attribute("package");
        suites.push(name == null ? "" : folder == null || folder.isBlank() ? name : folder + "." + name);
        String out = null;
        String err = null;
        for (String inner = next(); inner != null; inner = next()) {
            if (inner.equals("system-out")) {
                out = text(LONGEST_TEXT);
            } else if (inner.equals("system-err")) {
                err = text(LONGEST_TEXT);
            } else {
                read(inner);
            }
        }
        suites.pop();
        to.endSuite(out, err);
    }

    private void testCase() throws XMLStreamException, IOException {
        if (cases == most) {
            throw new IOException(RawFiles.tooMany());
        }
        String name = attribute("name");
        String className = attribute("classname");
        double seconds = seconds(attribute("time"));
        RecordedTest.Ended ended = RecordedTest.Ended.PASSED;
        String message = null;
        String details = null;
        String out = null;
        String err = null;
        for (String inner = next(); inner != null; inner = next()) {
            RecordedTest.Ended one = RecordedTest.Ended.of(inner);
            if (one != RecordedTest.Ended.PASSED && ended == RecordedTest.Ended.PASSED) {
                ended = one;
                message = attribute("message");
                details = text(LONGEST_TEXT);
            } else if (inner.equals("system-out")) {
                out = text(LONGEST_TEXT);
            } else if (inner.equals("system-err")) {
                err = text(LONGEST_TEXT);
            } else {
                text(0);
            }
        }
        String suite = suites.peek();
        to.add(new RecordedTest(
                suite, className, name == null ? "" : name, seconds, ended, message, details, out, err));
        cases++;
    }

    /** Goes to the next element. @return its name, or null if the one around it ends first */
    @CheckForNull
    private String next() throws XMLStreamException, IOException {
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new IOException("it has a DOCTYPE or an entity of its own, which is not read");
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > DEEPEST) {
                        throw new IOException("its elements are nested more than " + DEEPEST + " deep");
                    }
                    return xml.getLocalName();
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    return null;
                }
                default -> {}
            }
        }
        return null;
    }

    /** The text of an element and of those in it, up to a length; goes to its end. */
    private String text(int longest) throws XMLStreamException, IOException {
        StringBuilder text = new StringBuilder();
        int around = depth - 1;
        while (depth > around && xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    int room = longest - text.length();
                    if (room > 0) {
                        text.append(xml.getTextCharacters(), xml.getTextStart(), Math.min(room, xml.getTextLength()));
                    }
                }
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new IOException("it has an entity of its own, which is not read");
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {}
            }
        }
        return text.toString();
    }

    @CheckForNull
    private String attribute(String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? null : shortened(value, LONGEST_NAME);
    }

    private static String shortened(@CheckForNull String text, int longest) {
        String all = String.valueOf(text);
        return all.length() <= longest ? all : all.substring(0, longest) + "…";
    }

    /** Some write {@code 1,234.5}. */
    private static double seconds(@CheckForNull String time) {
        try {
            return time == null ? 0 : Double.parseDouble(time.replace(",", ""));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
