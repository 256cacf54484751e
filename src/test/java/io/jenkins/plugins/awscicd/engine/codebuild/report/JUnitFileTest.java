package io.jenkins.plugins.awscicd.engine.codebuild.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.awscicd.localaws.Archive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What builds write in JUnit's format is taken over, and nothing that such a file could do besides is done. */
@Timeout(60)
class JUnitFileTest {

    private static final String SUITE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
              <testsuite name="sum" package="math">
                <properties><property name="java.home" value="/opt"/></properties>
                <testcase classname="SumTest" name="adds" time="1,001.25"/>
                <testcase classname="SumTest" name="overflows" time="NaN">
                  <failure message="4, not 5"><![CDATA[at SumTest <12>
            at Main]]></failure>
                  <error message="later"/>
                  <system-out>2 + 2</system-out>
                </testcase>
                <testcase name="onWindows"><skipped/></testcase>
                <testsuite name="inner"><testcase classname="In" name="deep"><error>lost</error></testcase></testsuite>
                <system-err>warned</system-err>
              </testsuite>
            </testsuites>
            """;

    @TempDir
    private Path temp;

    private Path folder;
    private long most = 1 << 20;
    private int cases;

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectories(temp.resolve("folder"));
    }

    private String read(byte[] content) throws IOException {
        Path file = Files.write(temp.resolve("file"), content);
        try (JUnitXml to = new JUnitXml(folder, "1-", "web:1", "web-unit", null)) {
            JUnitFile reader = new JUnitFile(to, most, RawFiles.MOST_CASES);
            reader.read(file);
            cases = reader.cases();
        }
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path one : files.sorted().toList()) {
                all.append(Files.readString(one));
            }
        }
        return all.toString();
    }

    private String read(String content) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    private String refused(String content) {
        return assertThrows(IOException.class, () -> read(content)).getMessage();
    }

    @Test
    void suitesAndTestCasesAreTakenOver() throws Exception {
        String xml = read(SUITE);
        assertEquals(4, cases);
        for (String part : List.of(
                "<testsuite name=\"math.sum\" id=\"web:1\">",
                "<testcase classname=\"SumTest\" name=\"adds\" time=\"1001.250000000\">",
                "<testcase classname=\"SumTest\" name=\"overflows\" time=\"0\"><failure message=\"4, not 5\">at SumTest &lt;12&gt;\nat"
                        + " Main</failure><system-out>2 + 2</system-out></testcase>",
                "<testcase classname=\"math.sum\" name=\"onWindows\" time=\"0\"><skipped></skipped></testcase>",
                "<testsuite name=\"inner\" id=\"web:1\">",
                "<error>lost</error>")) {
            assertTrue(xml.contains(part), () -> part + "\n" + xml);
        }
        assertFalse(xml.contains("later") || xml.contains("java.home"), xml);
    }

    @Test
    void aSuiteAloneAndAnArchiveOfSuitesAreRead() throws Exception {
        assertTrue(read("<testsuite><testcase name='a'/><system-out>said</system-out></testsuite>")
                .contains(
                        "<testsuite name=\"web-unit\" id=\"web:1\"><testcase classname=\"web-unit\" name=\"a\" time=\"0\"></testcase>"
                                + "<system-out>said</system-out></testsuite>"));
        Map<String, String> files = new LinkedHashMap<>();
        files.put("a/TEST-a.xml", SUITE);
        files.put("../../TEST-b.xml", SUITE);
        read(Archive.zip(files));
        assertEquals(8, cases);
        assertEquals(List.of("file", "folder"), names(temp), "Names in archives are no names of files");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(it -> it.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void otherEncodingsAreRead() throws Exception {
        for (String encoding : List.of("UTF-16", "ISO-8859-1")) {
            String xml = "<?xml version='1.0' encoding='" + encoding + "'?><testsuite><testcase name='ä'/></testsuite>";
            assertTrue(read(xml.getBytes(Charset.forName(encoding))).contains("name=\"ä\""), encoding);
        }
    }

    @Test
    void otherFormatsAreRefused() {
        assertEquals(
                "it is not in JUnit's format: it begins with <test-results>",
                refused("<test-results><test-case/></test-results>"));
        assertTrue(refused("[{\"name\": 1}]").startsWith("it is no XML that can be read: "));
        assertTrue(refused("").startsWith("it is no XML that can be read: "));
        assertEquals("it is no zip archive, or nothing is in it", refused("PK\u0003\u0004 broken"));
        assertTrue(refused("<testsuite><testcase name='a'>").startsWith("it is no XML that can be read: "));
    }

    /** Neither are files of the controller read, nor addresses asked, nor is a text multiplied. */
    @Test
    void noEntityIsResolved() throws Exception {
        Path secret = Files.writeString(temp.resolve("secret"), "hunter2");
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/a.dtd";
            for (String doctype : List.of(
                    "<!DOCTYPE testsuite SYSTEM '" + address + "'>",
                    "<!DOCTYPE testsuite [<!ENTITY e SYSTEM '" + address + "'>]>",
                    "<!DOCTYPE testsuite [<!ENTITY e SYSTEM '" + secret.toUri() + "'>]>",
                    "<!DOCTYPE testsuite [<!ENTITY % p SYSTEM '" + address + "'>%p;]>",
                    "<!DOCTYPE testsuite [<!ENTITY e 'laughs'>]>")) {
                String document =
                        doctype + "<testsuite><testcase name='a'><failure>&e;</failure></testcase></testsuite>";
                assertTrue(refused(document).contains("DOCTYPE"), () -> refused(document));
            }
            assertTrue(refused("<testsuite><testcase name='a'><failure>&e;</failure></testcase></testsuite>")
                    .startsWith("it is no XML that can be read: "));
            assertEquals(0, asked.get());
            for (String copy : names(folder)) {
                assertFalse(Files.readString(folder.resolve(copy)).contains("hunter2"));
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void thereIsALimitInEveryDirection() throws Exception {
        assertEquals(
                "its elements are nested more than 100 deep",
                refused("<testsuite>".repeat(101) + "</testsuite>".repeat(101)));
        most = 1000;
        assertEquals("the files have more than 0 MB", refused("<testsuite>" + " ".repeat(1000) + "</testsuite>"));
        most = 100L << 20;
        byte[] bomb = Archive.zip(Map.of("TEST-a.xml", "<testsuite name='" + "0".repeat((20 << 20) + 1) + "'/>"));
        assertTrue(bomb.length < 100_000, "It is small");
        assertEquals(
                "a file has more than 20 MB",
                assertThrows(IOException.class, () -> read(bomb)).getMessage());
        String shortened = read("<testsuite><testcase name='" + "n".repeat(5000) + "'><failure message='"
                + "m".repeat(5000) + "'>" + "t".repeat(200_000) + "<![CDATA[" + "c".repeat(200_000)
                + "]]></failure></testcase></testsuite>");
        assertTrue(shortened.length() < 110_000, () -> "" + shortened.length());
    }

    /** What is in an entry that is none of a file, or after the end of what is read of one, is unpacked as well: to come to the next. */
    @Test
    void whatIsSkippedOfAnArchiveCountsAsWell() throws Exception {
        most = 10L << 20;
        byte[] directory = packed("a/", new byte[11 << 20]);
        assertTrue(directory.length < 100_000, "It is small");
        assertEquals(
                "the files have more than 10 MB",
                assertThrows(IOException.class, () -> read(directory)).getMessage());
        most = 100L << 20;
        assertEquals(
                "a file has more than 20 MB",
                assertThrows(IOException.class, () -> read(packed("a/", new byte[21 << 20])))
                        .getMessage());
    }

    private static byte[] packed(String name, byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("TEST-a.xml"));
            zip.write("<testsuite><testcase name='a'/></testsuite>".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return packed.toByteArray();
    }

    /** Who reads them has all in memory, however short each is. */
    @Test
    void thereAreNotTooManyTestCases() throws Exception {
        most = 100L << 20;
        byte[] bomb =
                Archive.zip(Map.of("TEST-a.xml", "<testsuite>" + "<testcase/>".repeat(1_000_000) + "</testsuite>"));
        assertTrue(bomb.length < 100_000, "It is small");
        assertEquals(
                "the build has more than 200,000 test cases",
                assertThrows(IOException.class, () -> read(bomb)).getMessage());
    }

    /** So that who reads it has only one of them in memory. */
    @Test
    void manyTestCasesBecomeSeveralFiles() throws Exception {
        most = 20L << 20;
        StringBuilder many = new StringBuilder("<testsuite name='sum'>");
        for (int i = 0; i < 150; i++) {
            many.append("<testcase name='a")
                    .append(i)
                    .append("'><system-out>")
                    .append("o".repeat(90_000))
                    .append("</system-out></testcase>");
        }
        read(many + "</testsuite>");
        assertEquals(List.of("1-1.xml", "1-2.xml", "1-3.xml", "1-4.xml"), names(folder));
        for (String file : names(folder)) {
            assertTrue(Files.size(folder.resolve(file)) < 5 << 20, file);
        }
    }
}
