package io.jenkins.plugins.awscicd.engine.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.bundle.Deliverable;
import io.jenkins.plugins.awscicd.engine.bundle.S3Object;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.S3Location;

class RevisionArgumentTest {

    private static final String APP_SPEC = "version: 0.0\nResources:\n  - web:\n      Type: AWS::Lambda::Function\n"
            + "      Properties: {Name: web, Alias: live, CurrentVersion: 1, TargetVersion: 2}\n";
    /** Of the text above, by another program. */
    private static final String DIGEST = "3e6ecb7800387441a02162d01d22728205a87fe0b00ee1bb7060e848fd089960";

    private static String problem(Object revision) {
        return assertThrows(IllegalArgumentException.class, () -> RevisionArgument.read(revision))
                .getMessage();
    }

    private static S3Location s3(Object revision) {
        RevisionLocation location = RevisionArgument.read(revision);
        assertEquals("S3", location.revisionTypeAsString());
        return location.s3Location();
    }

    @Test
    void theWorkspaceIsNowhereYet() {
        assertNull(RevisionArgument.read("workspace"));
        assertNull(RevisionArgument.read(new StringBuilder("workspace")), "Groovy has strings of its own");
    }

    @ParameterizedTest
    @CsvSource({
        "web.zip, zip",
        "web.tar, tar",
        "web.tgz, tgz",
        "web.tar.gz, tgz",
        "releases/1.0/WEB.ZIP, zip",
        "appspec.yml, YAML",
        "appspec.yaml, YAML",
        "appspec.json, JSON"
    })
    void anAddressInS3TellsItsTypeByItsName(String key, String type) {
        S3Location at = s3("s3://artifacts/" + key);
        assertEquals("artifacts", at.bucket());
        assertEquals(key, at.key());
        assertEquals(type, at.bundleTypeAsString());
        assertNull(at.version());
        assertNull(at.eTag());
    }

    @Test
    void aMapNamesTheObjectInFull() {
        S3Location at = s3(Map.of(
                "bucket", "artifacts", "key", "web/latest", "type", "tgz", "version", "3sL4kqtJl", "eTag", "d41d8cd9"));
        assertEquals("artifacts", at.bucket());
        assertEquals("web/latest", at.key());
        assertEquals("tgz", at.bundleTypeAsString());
        assertEquals("3sL4kqtJl", at.version());
        assertEquals("d41d8cd9", at.eTag());
        assertEquals(
                "zip",
                s3(Map.of("bucket", "artifacts", "key", "web.zip")).bundleTypeAsString(),
                "a name may tell the type here as well");
    }

    @Test
    void aCommitOfGitHubIsNamedWithItsRepository() {
        RevisionLocation location =
                RevisionArgument.read(Map.of("repository", "example/web", "commit", new StringBuilder("0a1b2c3d")));
        assertEquals("GitHub", location.revisionTypeAsString());
        assertEquals("example/web", location.gitHubLocation().repository());
        assertEquals("0a1b2c3d", location.gitHubLocation().commitId());
    }

    @Test
    void anAppSpecIsSentWithItsDigest() {
        for (Map<String, String> given : List.of(
                Map.of("appSpec", APP_SPEC),
                Map.of("appSpec", APP_SPEC, "sha256", DIGEST),
                Map.of("appSpec", APP_SPEC, "sha256", DIGEST.toUpperCase(java.util.Locale.ROOT)))) {
            RevisionLocation location = RevisionArgument.read(given);
            assertEquals("AppSpecContent", location.revisionTypeAsString());
            assertEquals(APP_SPEC, location.appSpecContent().content());
            assertEquals(DIGEST, location.appSpecContent().sha256());
        }
        assertEquals(
                "has an appSpec whose SHA-256 is " + DIGEST + ", not 00ff; leave sha256 out, or give the right one",
                problem(Map.of("appSpec", APP_SPEC, "sha256", "00ff")));
    }

    /** As readYaml and readJSON give it: sent as Java writes a map, AWS finds no YAML in it. */
    @Test
    void anAppSpecThatWasReadIsSentAsJson() {
        Object read = new Yaml().load(APP_SPEC);
        assertEquals(
                "{\"version\":0.0,\"Resources\":[{\"web\":{\"Type\":\"AWS::Lambda::Function\",\"Properties\":{\"Name\":\"web\","
                        + "\"Alias\":\"live\",\"CurrentVersion\":1,\"TargetVersion\":2}}}]}",
                RevisionArgument.read(Map.of("appSpec", read)).appSpecContent().content());
    }

    @Test
    void anAppSpecThatIsGivenIsCheckedAsAFileIs() {
        assertEquals(
                "has an appSpec that has no Alias for web in Resources; and has the TargetVersion '$LATEST' for web; it must be the number of a published version",
                problem(Map.of(
                        "appSpec",
                        APP_SPEC.replace("Alias: live, ", "").replace("TargetVersion: 2", "TargetVersion: $LATEST"))));
        assertTrue(problem(Map.of("appSpec", "version: 0.0\n\tResources:"))
                .startsWith("has an appSpec that is not valid YAML: "));
        assertEquals(
                List.of("Warning: the AppSpec has version 1; AWS's reference only has version: 0.0"),
                RevisionArgument.doubts(Map.of("appSpec", APP_SPEC.replace("0.0", "1"))));
        assertEquals(List.of(), RevisionArgument.doubts("workspace"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"web.zip", "s3://", "s3://artifacts", "s3://artifacts/", "Workspace"})
    void anAddressThatIsNoneIsToldWithWhatThereIs(String address) {
        assertEquals(
                "'" + address + "' is not known; use 'workspace', 's3://bucket/key', the result of codeBuild,"
                        + " [bucket: …, key: …], [repository: 'owner/name', commit: …] or [appSpec: …]",
                problem(address));
    }

    @Test
    void whatIsNeitherTextNorMapIsToldByItsKind() {
        assertTrue(problem(List.of("s3://a/b.zip")).startsWith("is a "), problem(List.of()));
        assertTrue(problem(42).startsWith("is a Integer; use 'workspace'"), problem(42));
        assertTrue(problem(Map.of("file", "web.zip")).startsWith("has file; use 'workspace'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bucket | artifacts | in S3 must name both, such as [bucket: 'artifacts', key: 'web.zip']",
                "key | web.zip | in S3 must name both, such as [bucket: 'artifacts', key: 'web.zip']",
                "repository | example/web | on GitHub must name both, such as [repository: 'owner/name', commit: '0a1b2c…']",
                "commit | 0a1b2c3d | on GitHub must name both, such as [repository: 'owner/name', commit: '0a1b2c…']",
                "appSpec | '' | has an empty appSpec; give its content, such as readFile('appspec.yaml')"
            })
    void whatIsNamedByHalfIsToldInFull(String name, String value, String problem) {
        assertEquals(problem, problem(Map.of(name, value)));
    }

    @Test
    void aMapWithMoreThanItsKindHasIsRefused() {
        assertEquals(
                "has commit; known with the rest are bucket, key, type, version, eTag",
                problem(Map.of("bucket", "a", "key", "b.zip", "commit", "c")));
        assertEquals(
                "has branch; known with the rest are repository, commit",
                problem(Map.of("repository", "a/b", "commit", "c", "branch", "main")));
        assertEquals(
                "has digest; known with the rest are appSpec, sha256",
                problem(Map.of("appSpec", APP_SPEC, "digest", DIGEST)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "a/b/c", "/web", "https://github.com/example/web"})
    void aRepositoryIsOwnerAndName(String repository) {
        assertTrue(
                problem(Map.of("repository", repository, "commit", "0a1b2c3d")).startsWith("on GitHub must name both"));
    }

    @Test
    void aTypeThatNobodyKnowsIsNotGuessed() {
        assertEquals(
                "'web/latest' does not show its type; use [bucket: …, key: …, type: …] with one of zip, tar, tgz, YAML, JSON",
                problem("s3://artifacts/web/latest"));
        assertEquals(
                "the type 'rar' is not known; use [bucket: …, key: …, type: …] with one of zip, tar, tgz, YAML, JSON",
                problem(Map.of("bucket", "artifacts", "key", "web.zip", "type", "rar")));
    }

    @Test
    void valuesThatAreNullOrBlankAreMissing() {
        Map<String, Object> map = new HashMap<>(Map.of("bucket", "artifacts", "key", "web.zip", "eTag", " "));
        map.put("version", null);
        S3Location at = s3(map);
        assertNull(at.version());
        assertNull(at.eTag());
    }

    @Test
    void aBuildWithoutAnArchiveSaysWhatItLacks() {
        Deliverable build = new Deliverable() {
            @Override
            public S3Object deliverable() {
                return null;
            }

            @Override
            public String toString() {
                return "web #7 SUCCEEDED";
            }
        };
        assertEquals(
                "'web #7 SUCCEEDED' did not put a single archive into S3; let it create a zip file (packaging: 'ZIP'), or name the"
                        + " object",
                problem(build));
    }
}
