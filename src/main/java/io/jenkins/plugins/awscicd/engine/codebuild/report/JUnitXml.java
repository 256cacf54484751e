package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes test cases as they come into files in JUnit's XML format, none of which gets so long that it could not be in memory. Suites that come
 * in pieces are written in pieces.
 */
final class JUnitXml implements Closeable {

    private static final int SECONDS = 9;
    /** Characters after which the next file begins. */
    private static final int LONG = 4 << 20;

    private final Path folder;
    private final String prefix;
    private final String build;
    private final String group;
    private final String about;
    private int files;
    private int written;
    private OutputStream file;
    private XMLStreamWriter xml;
    private String suite;

    /**
     * @param prefix of the files' names
     * @param group the name of the report's group: the suite, for test cases that name none
     * @param about what suites print, which Jenkins shows with each of their test cases; null for nothing
     */
    JUnitXml(
            @NonNull Path folder,
            @NonNull String prefix,
            @NonNull String build,
            @NonNull String group,
            @CheckForNull String about) {
        this.folder = folder;
        this.prefix = prefix;
        this.build = build;
        this.group = group;
        this.about = about;
    }

    void add(@NonNull RecordedTest test) throws IOException {
        try {
            String of = orElse(test.suite(), group);
            if (!of.equals(suite)) {
                closeSuite(about, null);
                open(of);
            }
            xml.writeStartElement("testcase");
            attribute("classname", orElse(test.className(), of));
            attribute("name", test.name());
            attribute("time", seconds(test.seconds()));
            if (test.ended() != RecordedTest.Ended.PASSED) {
                xml.writeStartElement(test.ended().element());
                String message = test.message();
                if (message != null) {
                    attribute("message", message);
                }
                text(test.details());
                xml.writeEndElement();
            }
            printed(test.out(), test.err());
            xml.writeEndElement();
            if (written > LONG) {
                closeFile();
            }
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static String orElse(@CheckForNull String text, String other) {
        return text == null || text.isBlank() ? other : text;
    }

    /** What the suite of the last test cases printed. */
    void endSuite(@CheckForNull String out, @CheckForNull String err) throws IOException {
        try {
            closeSuite(out, err);
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static String seconds(double value) {
        return Double.isFinite(value) && value > 0
                ? new BigDecimal(value).setScale(SECONDS, RoundingMode.HALF_UP).toPlainString()
                : "0";
    }

    private void open(String name) throws XMLStreamException, IOException {
        if (file == null) {
            file = new BufferedOutputStream(Files.newOutputStream(folder.resolve(prefix + ++files + ".xml")));
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(file, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            written = 0;
        }
        suite = name;
        xml.writeStartElement("testsuite");
        attribute("name", name);
        attribute("id", build); // so that suites of the same name of other builds are others
    }

    private void closeSuite(@CheckForNull String out, @CheckForNull String err) throws XMLStreamException {
        if (suite != null) {
            printed(out, err);
            xml.writeEndElement();
            suite = null;
        }
    }

    private void printed(@CheckForNull String out, @CheckForNull String err) throws XMLStreamException {
        element("system-out", out);
        element("system-err", err);
    }

    private void element(String name, @CheckForNull String text) throws XMLStreamException {
        if (text != null && !text.isBlank()) {
            xml.writeStartElement(name);
            text(text);
            xml.writeEndElement();
        }
    }

    private void text(@CheckForNull String text) throws XMLStreamException {
        if (text != null) {
            String plain = plain(text);
            written += plain.length();
            xml.writeCharacters(plain);
        }
    }

    private void attribute(String name, String value) throws XMLStreamException {
        String plain = plain(value);
        written += plain.length();
        xml.writeAttribute(name, plain);
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

    private void closeFile() throws XMLStreamException, IOException {
        if (file == null) {
            return;
        }
        try (OutputStream closing = file) {
            closeSuite(about, null);
            xml.writeEndDocument();
            xml.close();
        } finally {
            file = null;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            closeFile();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }
}
