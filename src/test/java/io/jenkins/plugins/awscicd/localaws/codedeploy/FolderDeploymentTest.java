package io.jenkins.plugins.awscicd.localaws.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.codedeploy.model.BundleType;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.Diagnostics;
import software.amazon.awssdk.services.codedeploy.model.FileExistsBehavior;
import software.amazon.awssdk.services.codedeploy.model.LifecycleErrorCode;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;

/** Revisions that are really installed. */
@Timeout(60)
class FolderDeploymentTest extends FolderDeployments {

    private static final String APPSPEC = """
            version: 0.0
            os: linux
            files:
              - source: app
                destination: /srv/web
              - source: one.txt
                destination: srv/single
            """;

    @BeforeEach
    void group() {
        aws.codeDeploy().group(dev);
    }

    private static String hook(String event, String more) {
        return "version: 0.0\nos: linux\nhooks:\n  " + event + ":\n    - location: scripts/x.sh\n" + more;
    }

    private Diagnostics failure(DeploymentInfo deployment, String event) {
        assertEquals("Failed", deployment.statusAsString());
        assertEquals("HEALTH_CONSTRAINTS", deployment.errorInformation().codeAsString());
        return event(deployment, event).diagnostics();
    }

    @Test
    void aRevisionIsInstalledAndItsScriptsRun() throws Exception {
        String hooks = """
                permissions:
                  - object: /srv/web
                    pattern: '*.cgi'
                    except: [b.cgi]
                    mode: 750
                    type: [file]
                hooks:
                  BeforeInstall:
                    - location: scripts/log.sh
                  AfterInstall:
                    - location: scripts/log.sh
                      timeout: 10
                  ApplicationStart:
                    - location: scripts/log.sh
                      timeout: 10
                      runas: root
                """;
        revision(
                "1.zip",
                Map.of(
                        "appspec.yml", APPSPEC + hooks,
                        "one.txt", "one",
                        "app/index.html", "index",
                        "app/deep/er/run.sh", "#!/bin/sh\n",
                        "app/a.cgi", "a",
                        "app/b.cgi", "b",
                        "scripts/log.sh", """
                        #!/bin/sh
                        cd "$LOCAL_INSTANCE_ROOT"
                        echo "$LIFECYCLE_EVENT $APPLICATION_NAME $DEPLOYMENT_GROUP_NAME $BUNDLE_BUCKET/$BUNDLE_KEY $GREETING $(ls -d srv 2>&1 | tail -c 4)" >> hooks.log
                        [ "$DEPLOYMENT_ID" ] && [ "$DEPLOYMENT_GROUP_ID" ]
                        """));
        DeploymentInfo deployment = deploy("1.zip");
        succeeded(deployment);
        assertEquals("index", read("srv/web/index.html"));
        assertEquals("one", read("srv/single/one.txt"));
        assertTrue(Files.isExecutable(instance().resolve("srv/web/deep/er/run.sh")));
        assertEquals(
                "rwxr-x---",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(instance().resolve("srv/web/a.cgi"))));
        assertFalse(Files.isExecutable(instance().resolve("srv/web/b.cgi")));
        assertEquals(3, read("hooks.log").lines().count());
        assertTrue(
                read("hooks.log").contains("ApplicationStart web dev revisions/1.zip hello $USER's srv\n"),
                read("hooks.log"));
    }

    @Test
    void whatTheLastRevisionInstalledGoesAndWhatIsNotOursStays() throws Exception {
        revision("1.zip", Map.of("appspec.yml", APPSPEC, "one.txt", "1", "app/old.html", "1", "app/both.html", "1"));
        revision("2.zip", Map.of("appspec.yml", APPSPEC, "one.txt", "2", "app/new.html", "2", "app/both.html", "2"));
        succeeded(deploy("1.zip"));
        Files.writeString(instance().resolve("srv/web/mine.txt"), "mine");
        succeeded(deploy("2.zip"));
        assertFalse(Files.exists(instance().resolve("srv/web/old.html")));
        assertEquals("2", read("srv/web/both.html"));
        assertEquals("mine", read("srv/web/mine.txt"));
    }

    @Test
    void aFileThatIsThereAlready() throws Exception {
        revision("1.zip", Map.of("appspec.yml", APPSPEC, "one.txt", "1", "app/index.html", "1"));
        Path there = instance().resolve("srv/web/index.html");
        Files.createDirectories(there.getParent());
        Files.writeString(there, "there");
        Diagnostics refused = failure(deploy("1.zip"), "Install");
        assertEquals(LifecycleErrorCode.UNKNOWN_ERROR, refused.errorCode());
        assertEquals(
                "The deployment failed because a specified file already exists at this location: /srv/web/index.html",
                refused.message());
        succeeded(deploy(request ->
                request.revision(s3("1.zip", BundleType.ZIP)).fileExistsBehavior(FileExistsBehavior.RETAIN)));
        assertEquals("there", read("srv/web/index.html"));
        succeeded(deploy(request ->
                request.revision(s3("1.zip", BundleType.ZIP)).fileExistsBehavior(FileExistsBehavior.OVERWRITE)));
        assertEquals("1", read("srv/web/index.html"));
        // Now it is ours.
        succeeded(deploy("1.zip"));
        Files.writeString(instance().resolve("srv/web/mine.html"), "there");
        revision(
                "2.zip",
                Map.of(
                        "appspec.yml",
                        APPSPEC + "file_exists_behavior: OVERWRITE\n",
                        "one.txt",
                        "1",
                        "app/mine.html",
                        "2"));
        succeeded(deploy("2.zip"));
        assertEquals("2", read("srv/web/mine.html"));
    }

    @Test
    void aScriptThatFailsIsToldWithItsOutput() throws Exception {
        revision(
                "1.zip",
                Map.of(
                        "appspec.yml",
                        hook("AfterInstall", ""),
                        "scripts/x.sh",
                        "#!/bin/sh\necho one\nsleep 0.2\necho two >&2\nsleep 0.2\nprintf three\nexit 3\n"));
        Diagnostics failed = failure(deploy("1.zip"), "AfterInstall");
        assertEquals(LifecycleErrorCode.SCRIPT_FAILED, failed.errorCode());
        assertEquals("scripts/x.sh", failed.scriptName());
        assertEquals("Script at specified location: scripts/x.sh failed with exit code 3", failed.message());
        assertEquals(
                "LifecycleEvent - AfterInstall\nScript - scripts/x.sh\n[stdout]one\n[stderr]two\n[stdout]three\n",
                failed.logTail());
    }

    @Test
    void onlyTheEndOfMuchOutputIsTold() throws Exception {
        revision(
                "1.zip",
                Map.of(
                        "appspec.yml",
                        hook("AfterInstall", ""),
                        "scripts/x.sh",
                        "#!/bin/sh\ni=0; while [ $i -lt 500 ]; do echo \"line ü $i\"; i=$((i+1)); done; exit 1\n"));
        String tail = failure(deploy("1.zip"), "AfterInstall").logTail();
        assertTrue(tail.endsWith("[stdout]line ü 499\n"), tail);
        assertEquals(4096, tail.getBytes(StandardCharsets.UTF_8).length, 1);
    }

    @Test
    void scriptsThatAreMissingOrCouldNotBeRun() throws Exception {
        revision("missing.zip", Map.of("appspec.yml", hook("BeforeInstall", "")));
        Diagnostics missing = failure(deploy("missing.zip"), "BeforeInstall");
        assertEquals(LifecycleErrorCode.SCRIPT_MISSING, missing.errorCode());
        assertEquals("Script does not exist at specified location: scripts/x.sh", missing.message());
        // As in AWS, a script without its bit is given it.
        revision("plain.zip", Map.of("appspec.yml", hook("BeforeInstall", ""), "scripts/x.sh", "touch ran\n"));
        succeeded(deploy("plain.zip"));
        assertTrue(Files.exists(instance().resolve("ran")));
    }

    @Test
    void aScriptThatTakesTooLong() throws Exception {
        revision(
                "1.zip",
                Map.of(
                        "appspec.yml",
                        hook("ValidateService", "      timeout: 5\n"),
                        "scripts/x.sh",
                        "#!/bin/sh\necho waiting\necho $$ > pid\nexec sleep 100\n"));
        String id = begin(request -> request.revision(s3("1.zip", BundleType.ZIP)));
        await(() -> Files.exists(instance().resolve("pid")) && !read("pid").isBlank());
        time.advance(Duration.ofSeconds(5));
        Diagnostics late = failure(complete(id), "ValidateService");
        assertEquals(LifecycleErrorCode.SCRIPT_TIMED_OUT, late.errorCode());
        assertEquals("Script at specified location: scripts/x.sh failed to complete in 5 seconds", late.message());
        assertTrue(late.logTail().endsWith("[stdout]waiting\n"), late.logTail());
        await(() -> !alive(read("pid")));
    }

    @Test
    void aScriptWhoseOutputSomebodyHoldsDoesNotEnd() throws Exception {
        revision(
                "1.zip",
                Map.of(
                        "appspec.yml",
                        hook("ApplicationStart", "      timeout: 60\n"),
                        "scripts/x.sh",
                        "#!/bin/sh\nsleep 100 &\necho $! > pid\n"));
        String id = begin(request -> request.revision(s3("1.zip", BundleType.ZIP)));
        await(() -> Files.exists(instance().resolve("pid")) && !read("pid").isBlank());
        time.advance(Duration.ofSeconds(60));
        assertEquals(
                LifecycleErrorCode.SCRIPT_TIMED_OUT,
                failure(complete(id), "ApplicationStart").errorCode());
        await(() -> !alive(read("pid")));
    }

    private static boolean alive(String pid) {
        return ProcessHandle.of(Long.parseLong(pid.strip()))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    @Test
    void whatAHookLeavesRunningEndsWithLocalAws() throws Exception {
        revision(
                "1.zip",
                Map.of(
                        "appspec.yml",
                        hook("ApplicationStart", ""),
                        "scripts/x.sh",
                        "#!/bin/sh\nnohup sleep 1000 >/dev/null 2>&1 </dev/null &\necho $! > pid\n"));
        succeeded(deploy("1.zip"));
        String pid = read("pid");
        assertTrue(alive(pid));
        aws.close();
        assertFalse(alive(pid));
    }

    @Test
    void theOldRevisionStopsItself() throws Exception {
        String appspec = hook("ApplicationStop", "");
        String stop = "#!/bin/sh\necho stop 1 >> hooks.log\nexit 1\n";
        revision("1.zip", Map.of("appspec.yml", appspec, "scripts/x.sh", stop));
        revision("2.zip", Map.of("appspec.yml", appspec, "scripts/x.sh", stop.replace("stop 1", "stop 2")));
        succeeded(deploy("1.zip"));
        assertFalse(Files.exists(instance().resolve("hooks.log")));
        assertEquals(
                LifecycleErrorCode.SCRIPT_FAILED,
                failure(deploy("2.zip"), "ApplicationStop").errorCode());
        assertEquals("stop 1\n", read("hooks.log"));
        succeeded(
                deploy(request -> request.revision(s3("2.zip", BundleType.ZIP)).ignoreApplicationStopFailures(true)));
        succeeded(
                deploy(request -> request.revision(s3("1.zip", BundleType.ZIP)).ignoreApplicationStopFailures(true)));
        assertEquals("stop 1\nstop 1\nstop 2\n", read("hooks.log"));
    }

    @Test
    void revisionsAreTarsToo() throws Exception {
        Path files = files(
                "tar",
                Map.of(
                        "appspec.yml", APPSPEC,
                        "one.txt", "one",
                        "app/run.sh", "#!/bin/sh\n"));
        for (BundleType type : new BundleType[] {BundleType.TAR, BundleType.TGZ}) {
            Path tar = directory.resolve("1." + type);
            tar(files, type == BundleType.TGZ ? "-czf" : "-cf", tar);
            aws.s3().put("revisions", tar.getFileName().toString(), Files.readAllBytes(tar));
            succeeded(deploy(request -> request.revision(s3(tar.getFileName().toString(), type))));
            assertTrue(Files.isExecutable(instance().resolve("srv/web/run.sh")));
        }
        aws.s3().put("revisions", "broken.tgz", new byte[] {1, 2, 3});
        Diagnostics broken =
                failure(deploy(request -> request.revision(s3("broken.tgz", BundleType.TGZ))), "DownloadBundle");
        assertTrue(
                broken.message().startsWith("The revision broken.tgz could not be unpacked as tgz"), broken.message());
    }

    /** As archives of a repository have it: one folder at the top. */
    @Test
    void oneFolderAtTheTopIsNoneIfAnAppSpecIsInIt() throws Exception {
        revision("1.zip", Map.of("web-1.0/appspec.yml", APPSPEC, "web-1.0/one.txt", "one", "web-1.0/app/a", "a"));
        succeeded(deploy("1.zip"));
        assertEquals("one", read("srv/single/one.txt"));
        revision("2.zip", Map.of("web-1.0/appspec.yml", APPSPEC, "web-1.0/one.txt", "one", "read.me", ""));
        assertEquals("Failed", deploy("2.zip").statusAsString(), "that is not all there is");
        revision("3.zip", Map.of("web-1.0/deeper/appspec.yml", APPSPEC));
        assertEquals("Failed", deploy("3.zip").statusAsString());
    }

    @Test
    void linksLeadWhereTheyWouldOnTheInstance() throws Exception {
        Path files = files("links", Map.of("appspec.yml", APPSPEC, "one.txt", "one", "real/a.txt", "a"));
        Files.createDirectories(files.resolve("app"));
        Files.createSymbolicLink(files.resolve("app/absolute"), Path.of("/srv/single/one.txt"));
        Files.createSymbolicLink(files.resolve("app/folder"), Path.of("../real"));
        Path tar = directory.resolve("links.tar");
        tar(files, "-cf", tar);
        aws.s3().put("revisions", "links.tar", Files.readAllBytes(tar));
        succeeded(deploy(request -> request.revision(s3("links.tar", BundleType.TAR))));
        assertEquals("one", read("srv/web/absolute"));
        assertEquals("a", read("srv/web/folder/a.txt"));
        assertFalse(Files.isSymbolicLink(instance().resolve("srv/web/folder")), "the agent copies what is in it");
    }

    @Test
    void twoFilesForOnePlaceAndTwoPermissionsForOneFileFailTheInstallation() throws Exception {
        Map<String, String> files = new java.util.HashMap<>(Map.of("one.txt", "one", "app/one.txt", "two"));
        files.put(
                "appspec.yml",
                "version: 0.0\nos: linux\nfiles:\n  - {source: app, destination: /srv}\n"
                        + "  - {source: one.txt, destination: /srv}\n");
        revision("1.zip", files);
        assertTrue(failure(deploy("1.zip"), "Install").message().contains("for the same destination (/srv/one.txt)"));
        files.put(
                "appspec.yml",
                "version: 0.0\nos: linux\nfiles:\n  - {source: app, destination: /srv}\npermissions:\n"
                        + "  - {object: /srv, mode: 644}\n  - {object: /srv/one.txt, mode: 600}\n");
        revision("2.zip", files);
        assertTrue(
                failure(deploy("2.zip"), "Install").message().contains("(/srv/one.txt) is specified more than once"));
    }

    @Test
    void aScriptWhosePathHasABlankRunsWithTheNewerAgentAlone() throws Exception {
        String appspec = hook("BeforeInstall", "").replace("scripts/x.sh", "my scripts/x.sh");
        revision("1.zip", Map.of("appspec.yml", appspec, "my scripts/x.sh", "#!/bin/sh\ntouch ran\n"));
        Diagnostics older = failure(deploy("1.zip"), "BeforeInstall");
        assertTrue(older.message().startsWith("No such file or directory - "), older.message());
        aws.codeDeploy().speak(java.util.Set.of(Dialect.AGENT_2));
        succeeded(deploy("1.zip"));
        assertTrue(Files.exists(instance().resolve("ran")));
    }

    @Test
    void scriptsForWindowsAreToldAsNotRun() throws Exception {
        revision("1.zip", Map.of("appspec.yml", """
                        version: 0.0
                        os: windows
                        files: [{source: '\\app', destination: 'c:\\inetpub\\web'}]
                        hooks: {AfterInstall: [{location: '.\\scripts\\x.ps1'}]}
                        """, "app/index.html", "hello", "scripts/x.ps1", "exit 1"));
        DeploymentInfo deployment = deploy("1.zip");
        succeeded(deployment);
        assertEquals("hello", read("c/inetpub/web/index.html"));
        try (var logs = Files.walk(instance().resolve("opt"))) {
            Path log = logs.filter(path -> path.endsWith("scripts.log"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(Files.readString(log)
                    .contains("Script - .\\scripts\\x.ps1\nLocal AWS has no Windows: this script is not run here"));
        }
    }

    private static void tar(Path directory, String mode, Path tar) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("tar", mode, tar.toString(), ".")
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertEquals(0, process.waitFor());
    }

    @Test
    void whatCannotBeDownloaded() throws Exception {
        revision("1.zip", Map.of("readme.txt", "no appspec"));
        assertEquals(
                "The specified key does not exist.",
                failure(deploy("none.zip"), "DownloadBundle").message());
        Diagnostics withoutAppSpec = failure(deploy("1.zip"), "DownloadBundle");
        assertTrue(withoutAppSpec.message().startsWith("The CodeDeploy agent did not find an AppSpec file"));
        revision("2.zip", Map.of("appspec.yml", "version: 9\nos: linux\n"));
        assertTrue(failure(deploy("2.zip"), "DownloadBundle").message().contains("unsupported version: 9"));
        DeploymentInfo etag = deploy(request -> request.revision(RevisionLocation.builder()
                .revisionType(RevisionLocationType.S3)
                .s3Location(location -> location.bucket("revisions")
                        .key("1.zip")
                        .bundleType("zip")
                        .eTag("abc"))
                .build()));
        assertTrue(
                failure(etag, "DownloadBundle").message().startsWith("Expected deployment artifact bundle etag abc"));
    }

    @Test
    void anOlderVersionOfAnObject() throws Exception {
        String old = aws.s3()
                .putDirectory(
                        "revisions",
                        "1.zip",
                        files("old", Map.of("appspec.yml", APPSPEC, "one.txt", "old", "app/a", "")));
        revision("1.zip", Map.of("appspec.yml", APPSPEC, "one.txt", "new", "app/a", ""));
        String etag = aws.s3().object("revisions", "1.zip", old).orElseThrow().etag();
        succeeded(deploy(request -> request.revision(RevisionLocation.builder()
                .revisionType(RevisionLocationType.S3)
                .s3Location(location -> location.bucket("revisions")
                        .key("1.zip")
                        .bundleType("zip")
                        .version(old)
                        .eTag(etag))
                .build())));
        assertEquals("old", read("srv/single/one.txt"));
    }

    @Test
    void aCommitOfARepository() throws Exception {
        Path repository = files("repository", Map.of("appspec.yml", APPSPEC, "one.txt", "git", "app/a", ""));
        for (String command : new String[] {"init -q", "add .", "-c user.name=a -c user.email=a@b commit -qm one"}) {
            git(repository, command);
        }
        String commit = git(repository, "rev-parse HEAD").strip();
        aws.codeDeploy().repository("example/web", repository);
        succeeded(deploy(request -> request.revision(gitHub("example/web", commit))));
        assertEquals("git", read("srv/single/one.txt"));
        assertTrue(failure(deploy(request -> request.revision(gitHub("example/other", commit))), "DownloadBundle")
                .message()
                .startsWith("404 Not Found"));
    }

    private static RevisionLocation gitHub(String repository, String commit) {
        return RevisionLocation.builder()
                .revisionType(RevisionLocationType.GIT_HUB)
                .gitHubLocation(location -> location.repository(repository).commitId(commit))
                .build();
    }

    private static String git(Path repository, String arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(("git " + arguments).split(" "))
                .directory(repository.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return output;
    }

    @Test
    void pathsDoNotLeadOutOfTheInstance() throws Exception {
        revision(
                "1.zip",
                Map.of(
                        "appspec.yml", "version: 0.0\nos: linux\nfiles: [{source: a, destination: /../../out}]\n",
                        "a", ""));
        assertTrue(failure(deploy("1.zip"), "Install").message().startsWith("The path leads out of the instance"));
    }

    @Test
    void aFailureRollsTheInstanceBack() throws Exception {
        codeDeploy.updateDeploymentGroup(request -> request.applicationName("web")
                .currentDeploymentGroupName("dev")
                .autoRollbackConfiguration(rollback -> rollback.enabled(true).eventsWithStrings("DEPLOYMENT_FAILURE")));
        revision("1.zip", Map.of("appspec.yml", APPSPEC, "one.txt", "good", "app/a", ""));
        revision(
                "2.zip",
                Map.of(
                        "appspec.yml",
                        APPSPEC + "hooks: {ValidateService: [{location: x.sh}]}\n",
                        "one.txt",
                        "bad",
                        "app/a",
                        "",
                        "x.sh",
                        "#!/bin/sh\nexit 1\n"));
        succeeded(deploy("1.zip"));
        DeploymentInfo failed = deploy("2.zip");
        assertEquals("bad", read("srv/single/one.txt"));
        time.advance(Duration.ofMillis(1));
        succeeded(complete(failed.rollbackInfo().rollbackDeploymentId()));
        assertEquals("good", read("srv/single/one.txt"));
    }
}
