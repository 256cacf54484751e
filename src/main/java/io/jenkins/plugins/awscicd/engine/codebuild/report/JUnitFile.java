package io.jenkins.plugins.awscicd.engine.codebuild.report;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;

/**
 * Reads what a build has written in JUnit's XML format, packed or not. It comes from outside: no entity of it is resolved, and it has a limit in
 * every direction.
 */
final class JUnitFile {

    /** Bytes that a file may have: a parser has each attribute in memory, however long that is. */
    static final long MOST_OF_ONE = 20L << 20;

    private static final int MOST_ENTRIES = 10_000;

    private final JUnitXml to;
    private final long most;
    private final int mostCases;
    private final XMLInputFactory xml = XMLInputFactory.newDefaultFactory();
    private int cases;
    private long bytes;

    /**
     * @param most bytes that all may have together, unpacked
     * @param mostCases test cases that all may have together
     */
    JUnitFile(@NonNull JUnitXml to, long most, int mostCases) {
        this.to = to;
        this.most = most;
        this.mostCases = mostCases;
        xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        xml.setProperty(XMLInputFactory.IS_COALESCING, false);
        xml.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        xml.setProperty("jdk.xml.cdataChunkSize", 1 << 16);
    }

    /** Test cases that were read so far. */
    int cases() {
        return cases;
    }

    /** Bytes that were read so far, unpacked. */
    long bytes() {
        return bytes;
    }

    /**
     * Reads a file, or an archive of files.
     *
     * @throws IOException saying what is wrong with it
     */
    void read(@NonNull Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(2);
            boolean packed = in.read() == 'P' && in.read() == 'K';
            in.reset();
            if (packed) {
                unpack(in);
            } else {
                parse(new Limited(in));
            }
        }
    }

    private void unpack(InputStream in) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(in)) {
            int entries = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > MOST_ENTRIES) {
                    throw new IOException("the archive has more than " + MOST_ENTRIES + " entries");
                }
                Limited content = new Limited(zip);
                if (!entry.isDirectory()) {
                    parse(content);
                }
                content.transferTo(
                        OutputStream.nullOutputStream()); // else it is unpacked without a limit, to come to the next
            }
            if (entries == 0) {
                throw new IOException("it is no zip archive, or nothing is in it");
            }
        } catch (ZipException | IllegalArgumentException e) { // the latter of a name that is no UTF-8
            throw new IOException("it is no zip archive: " + e.getMessage(), e);
        }
    }

    private void parse(Limited in) throws IOException {
        try {
            cases += new JUnitReader(xml.createXMLStreamReader(in), to, mostCases - cases).read();
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("it is no XML that can be read: " + firstLine(e.getMessage()), e);
        }
    }

    private static String firstLine(@CheckForNull String text) {
        String[] lines = String.valueOf(text).split("\\R");
        return lines[lines.length - 1].replaceAll("\\p{Cntrl}", "?");
    }

    /** Counts, and is not closed by a parser that has enough. */
    private final class Limited extends FilterInputStream {

        private long own;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            own += Math.max(0, count);
            bytes += Math.max(0, count);
            if (own > MOST_OF_ONE) {
                throw new IOException("a file has more than " + (MOST_OF_ONE >> 20) + " MB");
            }
            if (bytes > most) {
                throw new IOException("the files have more than " + (most >> 20) + " MB");
            }
            return count;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() {
            // the next entry is read from it
        }
    }
}
