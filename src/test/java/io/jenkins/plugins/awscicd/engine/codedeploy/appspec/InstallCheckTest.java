package io.jenkins.plugins.awscicd.engine.codedeploy.appspec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.bundle.BundleSpec;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an AppSpec names, looked for as the agent's own machine would. */
class InstallCheckTest {

    private static final String LINUX = "version: 0.0\nos: linux\n";
    private static final String WINDOWS = "version: 0.0\nos: windows\n";

    @TempDir
    private Path root;

    @BeforeEach
    void files() throws Exception {
        write("appspec.yml");
        write("target/web.jar");
        write("scripts/Start.sh");
        write("deploy/other.txt");
        write(".hidden/file");
    }

    private void write(String name) throws Exception {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }

    private List<String> problems(String text) throws Exception {
        AppSpec appSpec = AppSpec.ofInstances(text);
        assertEquals(List.of(), appSpec.findings().problems());
        BundleSpec spec = new BundleSpec(null, null, null, Long.MAX_VALUE);
        return Workspace.local(root).look(spec, sent(appSpec.install())).problems();
    }

    /** As it comes to an agent. */
    @SuppressWarnings("unchecked") // what goes in comes out
    private static <T> T sent(T value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(value);
        return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    private static String source(String source) {
        return "files: [{source: '" + source + "', destination: /opt/web}]\n";
    }

    private static String script(String location) {
        return "hooks: {AfterInstall: [{location: '" + location + "'}]}\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "target/web.jar",
                "/target/web.jar",
                "./target/web.jar",
                "//target//web.jar",
                "deploy/../target/web.jar",
                "target/./web.jar",
                ".hidden/file",
                "/./target/web.jar"
            })
    void onLinuxAPathLeadsWhereTheSystemFindsIt(String path) throws Exception {
        assertEquals(List.of(), problems(LINUX + source(path)));
        assertEquals(List.of(), problems(LINUX + script(path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "target\\web.jar",
                ".\\target\\web.jar",
                "\\target\\web.jar",
                "TARGET\\Web.JAR",
                "scripts/start.SH",
                "deploy\\..\\target\\web.jar",
                "target/web.jar"
            })
    void onWindowsPathsHaveAnyCaseAndBackslashes(String path) throws Exception {
        assertEquals(List.of(), problems(WINDOWS + source(path)));
        assertEquals(List.of(), problems(WINDOWS + script(path)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", ".", "./", "./.", "", "target", "target/", "deploy/.."})
    void directoriesAreSources(String directory) throws Exception {
        assertEquals(List.of(), problems(LINUX + source(directory)));
        assertEquals(List.of(), problems(WINDOWS + source("\\")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "target\\web.jar | write paths with / where os is linux",
                "\\ | write paths with / where os is linux",
                "target/*.jar | the agent does not support patterns; name the directory or each file",
                "Target/web.jar | check upper and lower case, which matter on Linux",
                "target/web.jar/ | leave out the slash at the end of a file",
                "../web.jar | check the names, directory, includes and excludes",
                "absent/../target | check the names, directory, includes and excludes",
                "web.jar | check the names, directory, includes and excludes"
            })
    void whatIsNotThereIsToldWithTheFix(String path, String advice) throws Exception {
        String problem = "names files that are not in the revision: " + path + "; " + advice;
        assertEquals(List.of(problem), problems(LINUX + source(path)));
    }

    @Test
    void aDirectoryIsNoScript() throws Exception {
        assertEquals(
                List.of("names the directory 'scripts' as script of AfterInstall"),
                problems(LINUX + script("scripts")));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linksAreFollowedAsFarAsTheyStayInTheRevision() throws Exception {
        Files.createDirectories(root.resolve("releases/1/bin"));
        write("releases/1/bin/run.sh");
        Files.createSymbolicLink(root.resolve("current"), Path.of("releases/1"));
        Files.createSymbolicLink(root.resolve("deploy/bin"), Path.of("../current/bin"));
        Files.createSymbolicLink(root.resolve("outside"), Path.of("/usr/bin"));
        Files.createSymbolicLink(root.resolve("round"), Path.of("round"));
        assertEquals(List.of(), problems(LINUX + script("current/bin/run.sh")));
        assertEquals(List.of(), problems(LINUX + script("deploy/bin/run.sh")));
        assertEquals(List.of(), problems(LINUX + source("current")));
        assertEquals(List.of(), problems(LINUX + script("outside/env")), "that is for the instance to say");
        assertEquals(List.of(), problems(LINUX + script("round")), "it ends");
        assertEquals(1, problems(LINUX + script("current/bin/none.sh")).size());
    }

    @Test
    void twoFilesForOnePlaceAreTold() throws Exception {
        assertEquals(
                List.of(
                        "puts both target/web.jar and target/web.jar at /opt/web/target/web.jar, which the agent refuses;"
                                + " take one of them out of files"),
                problems(LINUX + """
                        files:
                          - {source: /, destination: /opt/web}
                          - {source: target/web.jar, destination: /opt/web/target/}
                        """));
        assertEquals(List.of(), problems(LINUX + """
                        files:
                          - {source: target, destination: /opt/web}
                          - {source: scripts, destination: /opt/web}
                        """));
    }

    @Test
    void twoPermissionsForOneFileAreTold() throws Exception {
        String files = LINUX + "files: [{source: /, destination: /opt/web}]\npermissions:\n";
        assertEquals(List.of(), problems(files + """
                  - {object: /opt/web/scripts, pattern: "**", mode: 755, type: [file]}
                  - {object: /opt/web/target, mode: 644}
                  - {object: /opt/web, pattern: "*.yml", mode: 600, type: [file]}
                  - {object: /opt/web, mode: 700, type: [directory]}
                  - {object: /nowhere, mode: 644}
                """));
        assertEquals(
                List.of(
                        "has two permissions for /opt/web/scripts/Start.sh, which the agent refuses; let one leave it out"
                                + " with except, pattern or type"),
                problems(files + """
                  - {object: /opt/web/scripts, except: ["*.txt"], mode: 755, type: [file]}
                  - {object: /opt/web/scripts/Start.sh, mode: 644}
                """));
        assertTrue(problems(files + "  - {object: /opt/web/appspec.yml, pattern: '*', mode: 644}\n")
                .get(0)
                .startsWith("has a pattern or except for /opt/web/appspec.yml in permissions, which is a file"));
        assertTrue(problems(files + "  - {object: /opt/web/target, acls: ['d:u:bob:rw']}\n")
                .get(0)
                .startsWith("has a default acl for /opt/web/target that would be set for the file"));
    }
}
