package io.jenkins.plugins.awscicd.engine.codedeploy.appspec;

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
        return AppSpec.ofInstances(text).findings().problems();
    }

    private static void fine(String text) {
        Findings findings = AppSpec.ofInstances(text).findings();
        assertEquals(List.of(), findings.problems());
        assertEquals(List.of(), findings.doubts());
    }

    private static String doubt(String text) {
        Findings findings = AppSpec.ofInstances(text).findings();
        assertEquals(List.of(), findings.problems());
        assertEquals(1, findings.doubts().size(), findings.doubts().toString());
        return findings.doubts().get(0);
    }

    private static String problem(String text) {
        List<String> problems = problems(text);
        assertEquals(1, problems.size(), problems.toString());
        return problems.get(0);
    }

    @Test
    void theExampleIsFlawless() throws Exception {
        fine(Files.readString(Path.of("docs/examples/web/appspec.yml")));
    }

    @Test
    void versionAndSystemAreEnough() {
        fine(HEAD);
        fine("version: 0.0\nos: windows\nfiles:\nhooks:\n");
        fine(HEAD + "hooks: {ApplicationStop: , AfterInstall: []}\n");
    }

    @Test
    void everyEventThatRunsScriptsMayHaveSome() {
        fine(HEAD + """
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
                                """);
    }

    @Test
    void allOfAwssPermissionsAreTaken() {
        fine(HEAD + """
                permissions:
                  - object: /var/www/html
                    pattern: "**"
                    except: [/var/www/html/read.me]
                    owner: bob
                    group: writers
                    mode: 644
                    acls:
                      - u:mary:rw
                      - "g:web:r-x"
                      - m::rw
                      - mary:7
                      - "d:u::rwx"
                      - "default:o::"
                    context: {name: unconfined_u, type: httpd_sys_content_t, range: "s0-s3:c0.c5,c9"}
                    type: [directory]
                  - {object: /opt/a, mode: "0644"}
                  - {object: /opt/b, mode: 4755, type: [file]}
                  - {object: /opt/c, mode: 7}
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "os: linux | has version null; AWS only accepts version: 0.0",
                "{version: 1.0, os: linux} | has version 1.0; AWS only accepts version: 0.0",
                "{version: 0.2, os: linux} | has version 0.2; AWS only accepts version: 0.0",
                "{version: \"0.0\", os: linux} | has version \"0.0\"; AWS only accepts version: 0.0",
                "version: 0.0 | has no os; use os: linux or os: windows",
                "{version: 0.0, os: Linux} | has the os 'Linux'; use os: linux or os: windows",
                "{version: 0.0, os: macos} | has the os 'macos'; use os: linux or os: windows",
                "{version: 0.0, os: linux, files: web.jar} | has files that are not a list",
                "{version: 0.0, os: linux, files: [web.jar]} | has an item in files without source or destination",
                "{version: 0.0, os: linux, files: [{source: a}]} | has an item in files without source or destination",
                "{version: 0.0, os: linux, files: [{destination: a}]} | has an item in files without source or destination",
                "{version: 0.0, os: linux, hooks: [a.sh]} | has hooks that are not a map of lifecycle events",
                "{version: 0.0, os: linux, hooks: {AfterInstall: a.sh}} | has AfterInstall that are not a list",
                "{version: 0.0, os: linux, hooks: {AfterInstall: [a.sh]}} | has a script in AfterInstall without location",
                "{version: 0.0, os: linux, hooks: {AfterInstall: [{timeout: 1}]}} | has a script in AfterInstall without location",
                "{version: 0.0, os: linux, hooks: {AfterInstall: [{location: ''}]}} | has a script in AfterInstall without location",
                "{version: 0.0, os: linux, hooks: {AfterInstall: [{location: a, timeout: 0}]}} | has the timeout 0 in AfterInstall; use 1 to 3600 seconds",
                "{version: 0.0, os: linux, hooks: {AfterInstall: [{location: a, timeout: -5}]}} | has the timeout -5 in AfterInstall; use 1 to 3600 seconds",
                "{version: 0.0, os: linux, hooks: {AfterInstall: {location: a.sh}}} | has AfterInstall that are not a list; begin each item with a dash: - location: …",
                "{version: 0.0, os: linux, files: {source: a, destination: /b}} | has files that are not a list; begin each item with a dash: - source: … and destination: …",
                "{version: 0.0, os: linux, files: [{source: 5, destination: /b}]} | has a source or destination in files that is not text: 5 to /b; put it in quotes",
                "{version: 0.0, os: linux, Hooks: {AfterInstall: [{location: a}]}} | has 'Hooks', which the agent does not read; write hooks",
                "{version: 0.0, os: linux, FILES: []} | has 'FILES', which the agent does not read; write files",
                "{version: 0.0, os: linux, fileExistsBehavior: RETAIN} | has 'fileExistsBehavior', which the agent does not read; write file_exists_behavior",
                "{version: 0.0, os: linux, file_exists_behavior: overwrite} | has the file_exists_behavior overwrite; use DISALLOW, OVERWRITE or RETAIN, in capitals",
                "{version: 0.0, os: windows, permissions: [{object: /a}]} | has permissions, which only work with os: linux; leave them out",
                "{version: 0.0, os: linux, permissions: [{mode: 644}]} | has an item in permissions without object",
                "{version: 0.0, os: linux, permissions: {object: /a}} | has permissions that are not a list; begin each item with a dash: - object: …",
                "{version: 0.0, os: linux, permissions: [{object: /a, mode: 0755}]} | has mode: 0755 for /a, which is the number 493 in YAML; write mode: \"0755\"",
                "{version: 0.0, os: linux, permissions: [{object: /a, mode: 0644}]} | has mode: 0644 for /a, which is the number 420 in YAML; write mode: \"0644\"",
                "{version: 0.0, os: linux, permissions: [{object: /a, mode: u+x}]} | has the mode u+x for /a; use one to four digits from 0 to 7",
                "{version: 0.0, os: linux, permissions: [{object: /a, mode: 789}]} | has the mode 789 for /a; use one to four digits from 0 to 7",
                "{version: 0.0, os: linux, permissions: [{object: /a, type: [link]}]} | has the type 'link' for /a in permissions; use file or directory",
                "{version: 0.0, os: linux, permissions: [{object: /a, type: file}]} | has type of /a that is not a list; write [file]",
                "{version: 0.0, os: linux, permissions: [{object: /a, except: b}]} | has except of /a that is not a list; write [b]",
                "{version: 0.0, os: linux, permissions: [{object: /a, context: {range: s0}}]} | has a context without type for /a in permissions",
                "{version: 0.0, os: linux, permissions: [{object: /a, context: {type: t, range: s3-s0}}]} | has the range 's3-s0' for /a; use one such as s0, s0-s3 or s0:c0.c5,c9",
                "{version: 0.0, os: linux, permissions: [{object: /a, context: {type: t, range: 's0:c1,c1'}}]} | has the range 's0:c1,c1' for /a; use one such as s0, s0-s3 or s0:c0.c5,c9",
                "{version: 0.0, os: linux, permissions: [{object: /a, context: {type: t, range: 's0:c1024'}}]} | has the range 's0:c1024' for /a; use one such as s0, s0-s3 or s0:c0.c5,c9",
                "{version: 0.0, os: linux, hooks: {AfterInstall: [{location: a b.sh, runas: web}]}} | has the script 'a b.sh' in AfterInstall; a name with ' ' in it is split or read by a shell: rename it",
                "{version: 0.0, Resources: [{web: {Type: 'AWS::ECS::Service'}}]} | is for ECS or Lambda, as it has Resources and no os; such an AppSpec is deployed as it is: revision: [appSpec: readFile('…')]",
                "{version: 0.0, os: linux, hooks: {AfterInstall: [{location: a, timeout: 5m}]}} | has the timeout 5m in AfterInstall; use 1 to 3600 seconds",
                "[a, b] | is not a map with version, os, files and hooks",
                "'' | is not a map with version, os, files and hooks"
            })
    void whatIsWrongIsSaid(String text, String problem) {
        assertEquals(problem, problem(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":rw",
                "u::rw",
                "g::r",
                "o::r",
                "m:bob:r",
                "x:bob:r",
                "u:bob:rwz",
                "u:bob:8",
                "a",
                "d:d:u:r",
                "q:u:b:r"
            })
    void anAclThatTheAgentDoesNotTakeIsTold(String acl) {
        String problem = problem(HEAD + "permissions: [{object: /a, acls: ['" + acl + "']}]\n");
        assertTrue(problem.startsWith("has the acl '" + acl + "' for /a; use one such as u:bob:rw"), problem);
    }

    /** The agent ends the words around a location, and takes a zero for what it is. */
    @Test
    void whatTheAgentTakesIsTaken() {
        fine(HEAD + "hooks: {AfterInstall: [{location: ' a.sh '}]}\n");
        fine("version: 0\nos: linux\n");
        fine("---\nversion: 0.0\nos: linux\n---\nno: more\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hooks: {AfterInstall: [{location: a, timeout: '300'}]} | has the timeout '300' in AfterInstall in quotes, which the agent's version 2 does not take; leave them out",
                "hooks: {AfterInstall: [{location: a, timeout: 3601}]} | has timeouts of 3601 seconds in AfterInstall; CodeDeploy gives all scripts of an event 3600 seconds together",
                "hooks: {AfterInstall: [{location: a, timeout: 1800}, {location: b, timeout: 1801}]} | has timeouts of 3601 seconds in AfterInstall; CodeDeploy gives all scripts of an event 3600 seconds together",
                "hooks: {AfterInstall: [{location: a, timeOut: 18}]} | has 'timeOut' in AfterInstall, which the agent does not read; it reads location, timeout, runas, sudo",
                "hooks: {AfterInstall: [{location: a b.sh}]} | has the script 'a b.sh' in AfterInstall; a name with ' ' in it is split or read by a shell by the agent's version 1: rename it",
                "environment: test | has 'environment', which the agent does not read; it reads version, os, files, hooks, permissions, file_exists_behavior",
                "files: [{source: /, destination: opt/web}] | has the destination 'opt/web', which is relative to wherever the agent runs; use one such as /opt/web",
                "permissions: [{object: /a, context: {type: t}}] | has a context without range for /a, with which the agent's version 1 fails; add range: s0",
                "permissions: [{object: /a, context: {user: u, type: t, range: s0}}] | has a context with user for /a, which the agent does not read, though AWS's reference has it; the agent reads name",
                "hooks: {AfterInstall: [{location: a, location: b}]} | has 'location' twice in one map, of which AWS uses the last",
                "hooks: {AfterInstall: &a [{location: b}], BeforeInstall: *a} | uses *a, which agents that run on Ruby 3.1 or newer refuse; write out what it stands for"
            })
    void whatIsDoubtfulIsNoProblem(String text, String doubt) {
        assertEquals(doubt, doubt(HEAD + text + "\n"));
    }

    @Test
    void windowsHasPathsOfItsOwn() {
        String windows = "version: 0.0\nos: windows\n";
        fine(windows + "files: [{source: '\\', destination: 'c:\\temp'}]\n");
        fine(windows + "hooks: {AfterInstall: [{location: 'scripts\\a.ps1'}]}\n");
        assertEquals(
                "has runas or sudo in AfterInstall, which only works with os: linux",
                doubt(windows + "hooks: {AfterInstall: [{location: a.ps1, runas: web}]}\n"));
    }

    @Test
    void anEventThatRunsNoScriptsIsNamedWithThoseThatDo() {
        String problem = problem(HEAD + "hooks: {afterInstall: [{location: a.sh}]}\n");
        assertTrue(
                problem.startsWith("has hooks for afterInstall, which is not a lifecycle event with scripts; known are "
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

    @Test
    void aPatternWithoutQuotesIsToldWithTheFix() {
        for (String pattern : new String[] {"**", "*.txt"}) {
            String problem = problem(HEAD + "permissions:\n  - object: /a\n    pattern: " + pattern + "\n");
            assertTrue(problem.startsWith("is not valid YAML: "), problem);
            assertTrue(
                    problem.endsWith("line 5, column 15; put a pattern in quotes, such as pattern: \"**\"")
                            || problem.endsWith("line 5, column 14; put a pattern in quotes, such as pattern: \"**\""),
                    problem);
        }
    }

    @Test
    void aLineThatIsIndentedOtherwiseIsToldWithTheFix() {
        String hooks = HEAD + "hooks:\n    AfterInstall:\n    - location: a.sh\n";
        assertTrue(problem(hooks + "  ApplicationStart:\n    - location: b.sh\n")
                .endsWith("; indent the line as those that it belongs to"));
        assertTrue(problem(HEAD + "hooks:\n  AfterInstall: a: b\n")
                .endsWith("; put a value with a colon in quotes, or indent the line as those that it belongs to"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "a: b: c", "\tversion: 0.0", "a: !!java.net.URL ['http://127.0.0.1/']", "a: *b"})
    void whatIsNoYamlIsSaidInOneLine(String text) {
        String problem = problem(text);
        assertTrue(problem.startsWith("is not valid YAML: "), problem);
        assertFalse(problem.contains("\n"), problem);
    }
}
