package io.jenkins.plugins.awscicd.localaws.codebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.BuildPhase;
import software.amazon.awssdk.services.codebuild.model.BuildPhaseType;
import software.amazon.awssdk.services.codebuild.model.StatusType;

/** What a buildspec says is done. */
@Timeout(60)
class ShellBuildTest extends ShellBuilds {

    @Test
    void aBuildspecIsCarriedOut() throws Exception {
        source(Map.of(
                "bin/greet", "#!/bin/sh\necho \"hello $1\"\n",
                "buildspec.yml", """
                version: 0.2
                env:
                  variables:
                    NAME: world
                    FROM_PROJECT: buildspec
                  parameter-store:
                    PARAMETER: /web/parameter
                  secrets-manager:
                    PASSWORD: web/login:password
                  exported-variables:
                    - VERSION
                    - NAME
                phases:
                  install:
                    commands:
                      - mkdir work && cd work
                      - export VERSION="1.$CODEBUILD_BUILD_NUMBER"
                  build:
                    commands:
                      - pwd
                      - ../bin/greet "$NAME" | tee greeting.txt
                      - echo "parameter=$PARAMETER password=$PASSWORD project=$FROM_PROJECT version=$VERSION"
                      - |
                        if [ "$CODEBUILD_BUILD_SUCCEEDING" = 1 ]
                        then echo "so far so good"
                        fi
                      - printf 'no line end'
                      - echo '<testsuite><testcase name="greets"/></testsuite>' > ../tests.xml
                artifacts:
                  name: web-$VERSION-$(echo name).zip
                  files:
                    - '**/*'
                  base-directory: work
                  secondary-artifacts:
                    sources:
                      files: [bin/*]
                      discard-paths: yes
                reports:
                  tests:
                    files: ['*.xml']
                """));
        aws.codeBuild()
                .parameter("/web/parameter", "from the store")
                .secret("web/login", "{\"password\": \"hunter22\"}");
        ProjectSpec web = web();
        web.variable("FROM_PROJECT", "project").artifacts("builds", "unused");
        web.node()
                .withObject("/artifacts")
                .put("overrideArtifactName", true)
                .put("path", "out")
                .put("namespaceType", "BUILD_ID");
        web.node()
                .putArray("secondaryArtifacts")
                .addObject()
                .put("type", "S3")
                .put("location", "builds")
                .put("name", "src")
                .put("artifactIdentifier", "sources");
        aws.codeBuild().project(web);
        Build build = run(request -> {});
        String log = log(build);
        assertEquals(StatusType.SUCCEEDED, build.buildStatus(), log);
        assertTrue(log.contains("\nhello world\n"), log);
        assertTrue(log.contains("/src/src/work\n"), log);
        assertTrue(log.contains("parameter=*** password=*** project=project version=1.1\n"), log);
        assertTrue(log.contains("so far so good\nno line end\n") || log.contains("so far so good\n[Container]"), log);
        assertTrue(
                log.contains(" Running command pwd\n") && log.contains(" Phase complete: BUILD State: SUCCEEDED\n"),
                log);
        assertEquals(
                Map.of("VERSION", "1.1", "NAME", "world"),
                build.exportedEnvironmentVariables().stream()
                        .collect(Collectors.toMap(one -> one.name(), one -> one.value())));
        String uuid = build.id().substring(build.id().indexOf(':') + 1);
        assertEquals(
                "arn:aws:s3:::builds/out/" + uuid + "/web-1.1-name.zip",
                build.artifacts().location());
        assertEquals(64, build.artifacts().sha256sum().length());
        assertEquals("hello world\n", unzip("out/" + uuid + "/web-1.1-name.zip").get("greeting.txt"));
        assertTrue(
                aws.s3().keys("builds").contains("src/greet"),
                aws.s3().keys("builds").toString());
        assertEquals(1, build.reportArns().size());
        assertTrue(
                build.reportArns().get(0).contains(":report/web-tests:"),
                build.reportArns().get(0));
        assertNull(build.resolvedSourceVersion());
        assertTrue(scratchIsEmpty());
    }

    @Test
    void aFailedCommandFailsTheBuildButNotItsPostBuild() throws Exception {
        Build build = runInline("""
                version: 0.2
                phases:
                  build:
                    commands:
                      - echo before
                      - sh -c 'exit 3'
                      - echo never
                    finally:
                      - echo finally $CODEBUILD_BUILD_SUCCEEDING
                  post_build:
                    commands:
                      - echo post $CODEBUILD_BUILD_SUCCEEDING
                """);
        String log = log(build);
        assertEquals(StatusType.FAILED, build.buildStatus(), log);
        BuildPhase phase = phase(build, BuildPhaseType.BUILD);
        assertEquals(StatusType.FAILED, phase.phaseStatus());
        assertEquals("COMMAND_EXECUTION_ERROR", phase.contexts().get(0).statusCode());
        assertEquals(
                "Error while executing command: sh -c 'exit 3'. Reason: exit status 3",
                phase.contexts().get(0).message());
        assertEquals(
                StatusType.SUCCEEDED, phase(build, BuildPhaseType.POST_BUILD).phaseStatus());
        assertNotNull(phase(build, BuildPhaseType.UPLOAD_ARTIFACTS));
        assertTrue(log.contains("\nfinally 0\n") && log.contains("\npost 0\n") && !log.contains("\nnever\n"), log);
    }

    @Test
    void onFailureSaysWhetherTheBuildGoesOn() throws Exception {
        Build aborted = runInline("""
                version: 0.2
                phases:
                  pre_build: {commands: ["false"]}
                  build: {commands: [echo never]}
                """);
        assertNull(phase(aborted, BuildPhaseType.BUILD));
        assertEquals(StatusType.FAILED, aborted.buildStatus());
        Build continued = runInline("""
                version: 0.2
                phases:
                  pre_build: {on-failure: CONTINUE, commands: ["false"]}
                  build: {on-failure: ABORT, commands: ["false"]}
                  post_build: {commands: [echo never]}
                """);
        assertEquals(StatusType.FAILED, phase(continued, BuildPhaseType.BUILD).phaseStatus());
        assertNull(phase(continued, BuildPhaseType.POST_BUILD));
    }

    @Test
    void variablesLiveOnFromCommandToCommand() throws Exception {
        for (String shell : List.of("sh", "bash")) {
            Build build = runInline("""
                    version: 0.2
                    env: {shell: %s}
                    phases:
                      install:
                        commands:
                          - PLAIN="it's
                              two lines"
                          - export EXPORTED=yes
                          - |
                            set -eu
                            LATER=set
                          -
                      build:
                        commands:
                          - echo "$PLAIN, $LATER, $EXPORTED, $(sh -c 'echo ${PLAIN-not exported} $EXPORTED')"
                    """.formatted(shell));
            String log = log(build);
            assertEquals(StatusType.SUCCEEDED, build.buildStatus(), log);
            assertTrue(log.contains("\nit's two lines, set, yes, not exported yes\n"), log);
        }
    }

    @Test
    void inVersion01EachCommandStartsAnew() throws Exception {
        Build build = runInline("""
                version: 0.1
                environment_variables: {plaintext: {NAME: value}}
                phases:
                  build:
                    commands:
                      - cd /tmp; export SEEN=yes
                      - echo "$NAME seen=${SEEN-no} in $PWD"
                """);
        String log = log(build);
        assertEquals(StatusType.SUCCEEDED, build.buildStatus(), log);
        assertTrue(log.contains("\nvalue seen=no in ") && log.contains("/src/src\n"), log);
    }

    @Test
    void aPhaseIsTriedAgain() throws Exception {
        Path tries = directory.resolve("tries");
        String buildspec = """
                version: 0.2
                phases:
                  build:
                    on-failure: %s
                    commands:
                      - echo try >> %s
                      - test $(wc -l < %2$s) -gt 2
                """;
        assertEquals(
                StatusType.SUCCEEDED,
                runInline(buildspec.formatted("RETRY-2", tries)).buildStatus());
        assertEquals(3, Files.readAllLines(tries).size());
        Files.delete(tries);
        Build elsewhere = runInline(buildspec.formatted("RETRY-5-network", tries));
        assertEquals(StatusType.FAILED, elsewhere.buildStatus());
        assertEquals(1, Files.readAllLines(tries).size());
        Files.delete(tries);
        assertEquals(
                StatusType.SUCCEEDED,
                runInline(buildspec.formatted("RETRY-.*exit status.*", tries)).buildStatus());
    }

    @Test
    void artifactsAreFoundByVariablesAndOutsideOfTheSource() throws Exception {
        Path outside = Files.createDirectories(directory.resolve("outside"));
        source(Map.of("versioned/ci.yml", """
                version: 0.2
                env: {variables: {OUT: build/out}}
                phases:
                  build:
                    commands:
                      - mkdir -p "$OUT/lib" && echo app > "$OUT/app.txt" && echo lib > "$OUT/lib/lib.txt"
                      - APP=app
                      - echo beyond > %1$s/beyond.txt
                      - mkdir ../beside && echo near > ../beside/near.txt
                artifacts:
                  base-directory: $CODEBUILD_SRC_DIR/$OUT
                  files:
                    - $APP.txt
                    - lib/*
                    - %1$s/beyond.txt
                  secondary-artifacts:
                    near:
                      base-directory: ../beside
                      files: ['**/*']
                """.formatted(outside)));
        ProjectSpec web = web().artifacts("builds", "web.zip");
        web.node().withObject("/artifacts").put("packaging", "ZIP");
        web.node()
                .putArray("secondaryArtifacts")
                .addObject()
                .put("type", "S3")
                .put("location", "builds")
                .put("name", "near")
                .put("artifactIdentifier", "near");
        aws.codeBuild().project(web);
        Build build = run(request -> request.buildspecOverride("versioned/ci.yml"));
        assertEquals(StatusType.SUCCEEDED, build.buildStatus(), log(build));
        Map<String, String> files = unzip("web.zip");
        assertEquals("app\n", files.get("app.txt"));
        assertEquals("lib\n", files.get("lib/lib.txt"));
        assertEquals("beyond\n", files.get(outside.toString().substring(1) + "/beyond.txt"));
        assertEquals(3, files.size(), files.toString());
        assertTrue(
                aws.s3().keys("builds").contains("near/near.txt"),
                aws.s3().keys("builds").toString());
    }

    @Test
    void outputIsInTheLogWhileThePhaseRuns() throws Exception {
        Path go = directory.resolve("go");
        Build build = startInline("""
                version: 0.2
                phases:
                  build:
                    commands:
                      - "echo waiting; while [ ! -e %s ]; do sleep 0.05; done; echo gone on"
                """.formatted(go));
        await(() -> log(build).contains("\nwaiting\n"));
        assertFalse(log(build).contains("\ngone on\n"));
        assertEquals("BUILD", get(build.id()).currentPhase());
        Files.createFile(go);
        assertEquals(StatusType.SUCCEEDED, complete(build).buildStatus());
    }

    @Test
    void stoppingKillsWhatRuns() throws Exception {
        Path pids = directory.resolve("pids");
        Build build = startInline("""
                version: 0.2
                phases:
                  build:
                    commands:
                      - "sleep 1000 & echo $! > %1$s; sh -c 'echo $$ >> %1$s; exec sleep 1000'"
                  post_build:
                    commands: [echo never]
                """.formatted(pids));
        await(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 2);
        codeBuild.stopBuild(request -> request.id(build.id()));
        time.advance(Duration.ofSeconds(1));
        Build stopped = complete(build);
        assertEquals(StatusType.STOPPED, stopped.buildStatus());
        assertEquals(StatusType.STOPPED, phase(stopped, BuildPhaseType.BUILD).phaseStatus());
        assertNull(phase(stopped, BuildPhaseType.POST_BUILD));
        for (String pid : Files.readAllLines(pids)) {
            await(() -> ProcessHandle.of(Long.parseLong(pid.strip()))
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
        }
    }

    @Test
    void aTimeoutKillsWhatRuns() throws Exception {
        Build build = startInline("version: 0.2\nphases: {build: {commands: [sleep 1000]}}");
        await(() -> log(build).contains("Running command sleep 1000"));
        time.advance(Duration.ofMinutes(60));
        Build done = complete(build);
        assertEquals(StatusType.TIMED_OUT, done.buildStatus());
        assertEquals(
                "BUILD_TIMED_OUT",
                phase(done, BuildPhaseType.BUILD).contexts().get(0).statusCode());
    }

    @Test
    void theHostsSecretsAreNotInTheEnvironment() throws Exception {
        Build build = runInline("version: 0.2\nphases: {build: {commands: [env]}}");
        List<String> names = log(build)
                .lines()
                .filter(line -> line.matches("[A-Za-z_]+=.*"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
        assertTrue(names.contains("CODEBUILD_BUILD_ID") && names.contains("AWS_ENDPOINT_URL"), names.toString());
        for (String name : System.getenv().keySet()) {
            assertTrue(
                    !names.contains(name)
                            || List.of("PATH", "HOME", "LANG", "JAVA_HOME", "PWD", "OLDPWD", "SHLVL", "_")
                                    .contains(name)
                            || name.startsWith("AWS_"),
                    name);
        }
    }

    private Map<String, String> unzip(String key) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(aws.s3().bytes("builds", key)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private boolean scratchIsEmpty() throws IOException {
        try (Stream<Path> left = Files.list(directory.resolve("data").resolve("builds"))) {
            return left.findAny().isEmpty();
        }
    }
}
