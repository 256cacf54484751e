package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import software.amazon.awssdk.services.codebuild.model.TestCase;

/** Writes test cases as they come into a file in JUnit's XML format. Suites that come in pieces are written in pieces. */
final class JUnitXml implements Closeable {

    private static final int SECONDS = 9;

    private final OutputStream file;
    private final XMLStreamWriter xml;
    private final String build;
    private String report;
    private String note;
    private String suite;

    JUnitXml(@NonNull Path to, @NonNull String build) throws IOException {
        this.build = build;
        file = new BufferedOutputStream(Files.newOutputStream(to));
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(file, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
        } catch (XMLStreamException e) {
            file.close();
            throw new IOException(e);
        }
    }

    /**
     * Begins with a report.
     *
     * @param group the name of its group: the suite, for test cases that name none
     * @param about what its suites print, which Jenkins shows with each of their test cases; null for nothing
     */
    void begin(@NonNull String group, @CheckForNull String about) throws IOException {
        try {
            if (!Objects.equals(note, about)) {
                closeSuite();
            }
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        report = group;
        note = about;
    }

    void add(@NonNull TestCase test) throws IOException {
        try {
            open(test.testSuiteName() == null || test.testSuiteName().isBlank() ? report : test.testSuiteName());
            boolean hasClass = test.prefix() != null && !test.prefix().isBlank();
            xml.writeStartElement("testcase");
            attribute("classname", hasClass ? test.prefix() : suite);
            attribute("name", test.name());
            long nanoseconds = test.durationInNanoSeconds() == null ? 0 : test.durationInNanoSeconds();
            attribute("time", BigDecimal.valueOf(nanoseconds, SECONDS).toPlainString());
            switch (Objects.requireNonNullElse(test.status(), "")) {
                case "SUCCEEDED" -> {}
                case "FAILED" -> outcome("failure", test.message());
                case "ERROR" -> outcome("error", test.message());
                case "SKIPPED" -> outcome("skipped", test.message());
                default -> outcome("skipped", "AWS reports the status " + test.status());
            }
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private void open(String name) throws XMLStreamException {
        if (name.equals(suite)) {
            return;
        }
        closeSuite();
        suite = name;
        xml.writeStartElement("testsuite");
        attribute("name", name);
        attribute("id", build); // so that suites of the same name of other builds are others
    }

    private void closeSuite() throws XMLStreamException {
        if (suite == null) {
            return;
        }
        if (note != null) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(plain(note));
            xml.writeEndElement();
        }
        xml.writeEndElement();
        suite = null;
    }

    private void outcome(String kind, @CheckForNull String message) throws XMLStreamException {
        xml.writeStartElement(kind);
        if (message != null && !message.isBlank()) {
            attribute("message", message.strip().lines().findFirst().orElse(""));
            xml.writeCharacters(plain(message));
        }
        xml.writeEndElement();
    }

    private void attribute(String name, @CheckForNull String value) throws XMLStreamException {
        xml.writeAttribute(name, value == null ? "" : plain(value));
    }

    /** Tests print what XML cannot have in it, such as the control characters of colors. */
    private static String plain(String text) {
        return text.codePoints()
                .filter(it -> it == '\t'
                        || it == '\n'
                        || it == '\r'
                        || it >= ' ' && it < Character.MIN_SURROGATE
                        || it > Character.MAX_SURROGATE && it < 0xFFFE
                        || it >= Character.MIN_SUPPLEMENTARY_CODE_POINT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public void close() throws IOException {
        try (file) {
            closeSuite();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }
}
