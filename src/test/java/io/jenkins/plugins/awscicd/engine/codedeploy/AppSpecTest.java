package io.jenkins.plugins.awscicd.engine.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppSpecTest {

    private static final String HEAD = "version: 0.0\nos: linux\n";

    private static List<String> problems(String text) {
        return new AppSpec(text).problems();
    }

    private static List<String> sources(String text) {
        AppSpec appSpec = new AppSpec(text);
        assertEquals(List.of(), appSpec.problems());
        return appSpec.sources();
    }

    private static String problem(String text) {
        List<String> problems = problems(text);
        assertEquals(1, problems.size(), problems.toString());
        return problems.get(0);
    }

    @Test
    void theExampleIsFlawless() throws Exception {
        Path example = Path.of("docs/examples/web/appspec.yml");
        assertEquals(
                List.of("scripts/start.sh", "scripts/stop.sh", "scripts/validate.sh", "target/web.jar"),
                sources(Files.readString(example)));
    }

    @Test
    void versionAndSystemAreEnough() {
        assertEquals(List.of(), sources(HEAD));
        assertEquals(List.of(), sources("version: 0.0\nos: windows\nfiles:\nhooks:\n"));
        assertEquals(List.of(), sources(HEAD + "hooks: {ApplicationStop: , AfterInstall: []}\n"));
    }

    @Test
    void everyEventThatRunsScriptsMayHaveSome() {
        assertEquals(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i"), sources(HEAD + """
                                hooks:
                                  ApplicationStop: [{location: a}]
                                  BeforeInstall: [{location: b, timeout: 1, runas: root}]
                                  AfterInstall: [{location: c, timeout: 3600}]
                                  ApplicationStart: [{location: d}]
                                  ValidateService: [{location: e, sudo: true}]
                                  BeforeBlockTraffic: [{location: f}]
                                  AfterBlockTraffic: [{location: g}]
                                  BeforeAllowTraffic: [{location: h}]
                                  AfterAllowTraffic: [{location: i}]
                                """));
    }

    /** The agent on the instance joins such a name to the folder of the revision. */
    @ParameterizedTest
    @CsvSource({
        "target/web.jar, target/web.jar",
        "/target/web.jar, target/web.jar",
        "./target, target",
        "target/, target",
        "//target//web.jar, target/web.jar",
        "'target\\web.jar', target/web.jar",
        "'.\\target\\', target",
        "/./target, target",
        ".hidden/file, .hidden/file"
    })
    void namesAreRelativeToTheRevisionHoweverTheyAreWritten(String written, String meant) {
        assertEquals(List.of(meant), sources(HEAD + "files: [{source: '" + written + "', destination: /opt/web}]\n"));
        assertEquals(List.of(meant), sources(HEAD + "hooks: {AfterInstall: [{location: '" + written + "'}]}\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", ".", "./", "./."})
    void theWholeRevisionNamesNoFile(String everything) {
        assertEquals(List.of(), sources(HEAD + "files: [{source: " + everything + ", destination: /opt/web}]\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "os: linux | has version null; AWS knows version: 0.0 alone",
                "{version: 1.0, os: linux} | has version 1.0; AWS knows version: 0.0 alone",
                "{version: 0.2, os: linux} | has version 0.2; AWS knows version: 0.0 alone",
                "{version: \"0.0\", os: linux} | has version \"0.0\"; AWS knows version: 0.0 alone",
                "version: 0.0 | has no os; use os: linux or os: windows",
                "{version: 0.0, os: Linux} | has the os 'Linux'; use os: linux or os: windows",
                "{version: 0.0, os: macos} | has the os 'macos'; use os: linux or os: windows",
                "{version: 0.0, os: linux, files: web.jar} | has files that are no list",
                "{version: 0.0, os: linux, files: [web.jar]} | has an item in files without source or destination",
                "{version: 0.0, os: linux, files: [{source: a}]} | has an item in files without source or destination",
                "{version: 0.0, os: linux, files: [{destination: a}]} | has an item in files without source or destination",
                "{version: 0.0, os: linux, hooks: [a.sh]} | has hooks that are no map of lifecycle events",
                "{version: 0.0, os: linux, hooks: {AfterInstall: a.sh}} | has AfterInstall that are no list",
                "{version: 0.0, os: linux, hooks: {AfterInstall: [a.sh]}} | has a script in AfterInstall without location",
                "{version: 0.0, os: linux, hooks: {AfterInstall: [{timeout: 1}]}} | has a script in AfterInstall without location",
                "{version: 0.0, os: linux, hooks: {AfterInstall: [{location: ''}]}} | has a script in AfterInstall without location",
                "{version: 0.0, os: linux, hooks: {AfterInstall: [{location: a, timeout: 0}]}} | has the timeout 0 in AfterInstall; use 1 to 3600 seconds",
                "{version: 0.0, os: linux, hooks: {AfterInstall: [{location: a, timeout: 3601}]}} | has the timeout 3601 in AfterInstall; use 1 to 3600 seconds",
                "{version: 0.0, os: linux, hooks: {AfterInstall: [{location: a, timeout: 5m}]}} | has the timeout 5m in AfterInstall; use 1 to 3600 seconds",
                "[a, b] | is no map with version, os, files and hooks",
                "'' | is no map with version, os, files and hooks"
            })
    void whatIsWrongIsSaid(String text, String problem) {
        assertEquals(problem, problem(text));
    }

    /** The agent makes a number of it, and ends the words around a location. */
    @Test
    void whatTheAgentTakesIsTaken() {
        assertEquals(
                List.of("a.sh"), sources(HEAD + "hooks: {AfterInstall: [{location: ' a.sh ', timeout: '300'}]}\n"));
        assertEquals(List.of(), sources("version: 0\nos: linux\n"));
    }

    @Test
    void anEventThatRunsNoScriptsIsNamedWithThoseThatDo() {
        String problem = problem(HEAD + "hooks: {afterInstall: [{location: a.sh}]}\n");
        assertTrue(
                problem.startsWith("has hooks for afterInstall, which is no lifecycle event with scripts; known are "
                        + "AfterAllowTraffic, AfterBlockTraffic, AfterInstall, ApplicationStart, "),
                problem);
        assertTrue(problem(HEAD + "hooks: {Install: [{location: a.sh}]}\n").startsWith("has hooks for Install, which"));
    }

    @Test
    void everyProblemIsSaidAtOnce() {
        assertEquals(5, problems("""
                        files: [{source: a}]
                        hooks: {AfterInstall: [{timeout: 5}], Start: []}
                        """).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "a: b: c", "\tversion: 0.0", "a: !!java.net.URL ['http://127.0.0.1/']", "a: *b"})
    void whatIsNoYamlIsSaidInOneLine(String text) {
        String problem = problem(text);
        assertTrue(problem.startsWith("is no YAML: "), problem);
        assertFalse(problem.contains("\n"), problem);
    }
}
