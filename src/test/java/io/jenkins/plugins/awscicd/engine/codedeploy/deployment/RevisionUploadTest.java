package io.jenkins.plugins.awscicd.engine.codedeploy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.RecordedConsole;
import io.jenkins.plugins.awscicd.engine.bundle.Uploads;
import io.jenkins.plugins.awscicd.engine.bundle.Workspace;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces made into revisions. On real time, as an upload holds its thread. */
@Timeout(60)
class RevisionUploadTest {

    private static final String APP_SPEC = """
            version: 0.0
            os: linux
            files:
              - source: app
                destination: /opt/web
            hooks:
              AfterInstall:
                - location: scripts/check.sh
            """;

    @AutoClose
    private final Bench bench = Bench.real(it -> it);

    private final RecordedConsole console = new RecordedConsole();
    private final Map<String, Object> arguments = new HashMap<>(
            Map.of("application", "web", "deploymentGroup", "dev", "revision", "workspace", "bucket", "artifacts"));

    private final Uploads uploads = Uploads.of("Shop/web");

    @TempDir
    Path root;

    @BeforeEach
    void bucket() {
        bench.aws().s3().createBucket("artifacts", false);
    }

    private void write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void app() throws IOException {
        write("appspec.yml", APP_SPEC);
        write("app/web.jar", "the app");
        write("scripts/check.sh", "#!/bin/sh\n");
    }

    private DeploymentRequest upload() throws IOException, InterruptedException {
        DeploymentRequest request = new DeploymentRequest(arguments);
        assertEquals(List.of(), request.problems());
        return bench.codeDeploy().upload(bench.session(), request, Workspace.local(root), uploads, console);
    }

    private String refused() {
        String message = assertThrows(IOException.class, this::upload).getMessage();
        assertEquals(List.of(), bench.aws().s3().keys("artifacts"), "Nothing is uploaded before all is well");
        return message;
    }

    private TreeMap<String, String> stored(DeploymentRequest request) throws IOException {
        var at = request.revision().s3Location();
        assertEquals("artifacts", at.bucket());
        assertEquals("zip", at.bundleTypeAsString());
        TreeMap<String, String> entries = new TreeMap<>();
        byte[] zip = bench.aws().s3().bytes(at.bucket(), at.key());
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    @Test
    void theWorkspaceBecomesARevisionInS3() throws Exception {
        app();
        DeploymentRequest request = upload();
        assertEquals(
                Map.of("appspec.yml", APP_SPEC, "app/web.jar", "the app", "scripts/check.sh", "#!/bin/sh\n"),
                stored(request));
        String key = request.revision().s3Location().key();
        assertTrue(key.matches("jenkins/web/Shop-web-[0-9a-f]{16}/[0-9a-f]{64}\\.zip"), key);
        assertEquals(
                List.of(),
                request.problems().stream()
                        .filter(it -> !it.contains("only used with"))
                        .toList());
        assertTrue(console.lastLine().endsWith(": s3://artifacts/" + key), console.lastLine());
        assertNull(request.revision().s3Location().version());
    }

    @Test
    void anEqualWorkspaceIsSentOnce() throws Exception {
        app();
        String key = upload().revision().s3Location().key();
        assertEquals(key, upload().revision().s3Location().key());
        assertEquals(1, bench.aws().calls().count("S3.UploadPart"));
        write("app/web.jar", "another one");
        upload();
        assertEquals(2, bench.aws().s3().keys("artifacts").size());
    }

    @Test
    void whereItGoesAndWhatOfItIsForTheStepToSay() throws Exception {
        write("dist/appspec.yml", APP_SPEC);
        write("dist/app/web.jar", "the app");
        write("dist/app/web.map", "left out");
        write("dist/scripts/check.sh", "#!/bin/sh\n");
        write("src/Main.java", "left out too");
        arguments.putAll(Map.of(
                "directory", "dist",
                "excludes", "**/*.map",
                "keyPrefix", "releases",
                "maxUploadMb", new java.math.BigDecimal("1.0")));
        DeploymentRequest request = upload();
        assertEquals(
                List.of("app/web.jar", "appspec.yml", "scripts/check.sh"),
                List.copyOf(stored(request).keySet()));
        assertTrue(request.revision().s3Location().key().startsWith("releases/Shop-web-"));
    }

    @Test
    void anotherAppSpecTakesThePlaceOfTheUsualOne() throws Exception {
        app();
        String production = APP_SPEC.replace("/opt/web", "/srv/web");
        write("deploy/prod.yml", production);
        write("dist/app/web.jar", "the app");
        write("dist/scripts/check.sh", "#!/bin/sh\n");
        arguments.put("appspec", "deploy/prod.yml");
        assertEquals(production, stored(upload()).get("appspec.yml"));

        arguments.put("directory", "dist");
        TreeMap<String, String> ofDirectory = stored(upload());
        assertEquals(List.of("app/web.jar", "appspec.yml", "scripts/check.sh"), List.copyOf(ofDirectory.keySet()));
        assertEquals(production, ofDirectory.get("appspec.yml"), "it is named relative to the workspace");
    }

    @Test
    void aWorkspaceWithoutAppSpecIsRefused() throws Exception {
        write("app/web.jar", "the app");
        assertEquals(
                "appspec: there is no appspec.yml at the top of the workspace; add one, name another file with appspec,"
                        + " or check directory, includes and excludes",
                refused());
        arguments.put("directory", "app");
        assertTrue(refused().startsWith("appspec: there is no appspec.yml at the top of 'app'; "));
    }

    @Test
    void anAppSpecOfAnotherNameIsToldAsSuch() throws Exception {
        write("appspec.yaml", "version: 0.0\nos: linux\n");
        assertEquals(
                "appspec: there is no appspec.yml at the top of the workspace, but appspec.yaml; rename it, or name it with"
                        + " appspec, which gives it the right name",
                refused());
    }

    @Test
    void whatIsDoubtfulIsToldAndDeployed() throws Exception {
        app();
        write("appspec.yml", APP_SPEC + "      timeout: 4000\nfile_exists_behavior: RETAIN\n");
        arguments.put("fileExistsBehavior", "OVERWRITE");
        upload();
        assertEquals(
                List.of(
                        "Warning: appspec.yml has timeouts of 4000 seconds in AfterInstall; CodeDeploy gives all scripts of"
                                + " an event 3600 seconds together",
                        "Warning: appspec.yml has file_exists_behavior: RETAIN, which takes precedence over fileExistsBehavior:"
                                + " 'OVERWRITE' of this step"),
                console.lines().subList(0, 2));
    }

    @Test
    void anAppSpecThatAWindowsAgentTakesIsTaken() throws Exception {
        app();
        write("appspec.yml", """
                version: 0.0
                os: windows
                files: [{source: '\\APP', destination: 'c:\\inetpub\\web'}]
                hooks: {AfterInstall: [{location: 'Scripts\\check.sh'}]}
                """);
        assertEquals("zip", upload().revision().s3Location().bundleTypeAsString());
    }

    @Test
    void anAppSpecThatIsLeftOutIsNotThere() throws Exception {
        app();
        arguments.put("excludes", "*.yml");
        assertTrue(refused().startsWith("appspec: there is no appspec.yml at the top of the workspace; "));
    }

    @Test
    void anAppSpecThatIsNotWhereItIsSaidToBeIsRefused() throws Exception {
        app();
        arguments.put("appspec", "deploy/prod.yml");
        assertEquals(
                "appspec: 'deploy/prod.yml' does not exist in the workspace or is not a file; name it relative to the"
                        + " workspace",
                refused());
    }

    @Test
    void whatTheAppSpecNamesIsToBeInTheRevision() throws Exception {
        app();
        arguments.put("excludes", "app/, scripts/check.sh");
        assertEquals(
                "appspec: appspec.yml names files that are not in the revision: app, scripts/check.sh; check the names,"
                        + " directory, includes and excludes",
                refused());
    }

    @Test
    void allProblemsOfAnAppSpecAreToldWithItsName() throws Exception {
        app();
        write("deploy/prod.yml", "version: 1.0\nos: linux\nfiles: [{source: web.war, destination: /opt}]\n");
        arguments.put("appspec", "deploy/prod.yml");
        assertEquals(
                "appspec: deploy/prod.yml has version 1.0; AWS only accepts version: 0.0; and names files that are not in the revision: web.war; check the names, directory, includes and excludes",
                refused());
    }

    @Test
    void moreThanIsAllowedIsRefused() throws Exception {
        app();
        byte[] big = new byte[2 << 20];
        new Random(1).nextBytes(big);
        Files.write(root.resolve("app/big.bin"), big);
        arguments.put("maxUploadMb", "1");
        assertTrue(refused()
                .startsWith("maxUploadMb: the archive of 4 files, which have 3 MB before they are compressed, has more"
                        + " than the 1 MB allowed; "));
    }
}
