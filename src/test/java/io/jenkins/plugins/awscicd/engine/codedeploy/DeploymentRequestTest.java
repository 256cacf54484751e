package io.jenkins.plugins.awscicd.engine.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.bundle.Deliverable;
import io.jenkins.plugins.awscicd.engine.bundle.S3Object;
import io.jenkins.plugins.awscicd.engine.bundle.UploadedObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;

class DeploymentRequestTest {

    /** What every deployment needs. */
    private static final Map<String, Object> LEAST =
            Map.of("application", "web", "deploymentGroup", "prod", "revision", "s3://artifacts/web.zip");

    private static final List<String> OF_WORKSPACE =
            List.of("directory", "includes", "excludes", "appspec", "bucket", "keyPrefix", "kmsKey", "maxUploadMb");

    /** A value for every argument, as a Jenkinsfile gives it. */
    private static Map<String, Object> everything() {
        Map<String, Object> all = new LinkedHashMap<>(LEAST);
        all.put("directory", "build");
        all.put("includes", "**/*.js");
        all.put("excludes", "node_modules/");
        all.put("appspec", "ci/appspec-prod.yml");
        all.put("bucket", "artifacts");
        all.put("keyPrefix", "web");
        all.put("kmsKey", "alias/artifacts");
        all.put("maxUploadMb", 10);
        all.put("deploymentMode", "STANDARD");
        all.put("deploymentConfig", "CodeDeployDefault.HalfAtATime");
        all.put("description", "Release 1.2");
        all.put("fileExistsBehavior", "OVERWRITE");
        all.put("ignoreApplicationStopFailures", true);
        all.put("updateOutdatedInstancesOnly", true);
        all.put(
                "targetInstances",
                Map.of(
                        "tagFilters",
                        List.of(Map.of("key", "stage", "value", "green", "type", "KEY_AND_VALUE")),
                        "autoScalingGroups",
                        "green-1, green-2",
                        "ec2TagSet",
                        List.of(
                                Map.of("filters", List.of(Map.of("key", "a"), Map.of("key", "b"))),
                                Map.of("filters", List.of(Map.of("value", "c", "type", "VALUE_ONLY"))))));
        all.put("autoRollback", Map.of("events", List.of("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM")));
        all.put("alarms", Map.of("names", List.of("errors", "latency"), "ignorePollAlarmFailure", true));
        all.put("registerOnly", false);
        all.put("wait", "ready");
        all.put("continueAfterReady", "d-ABCDEF123");
        all.put("waitType", "TERMINATION_WAIT");
        all.put("stop", "d-ABCDEF123");
        all.put("rollBack", true);
        all.put("watch", "d-ABCDEF123");
        all.put("whenBusy", "fail");
        all.put("timeoutMinutes", 90);
        return all;
    }

    private static CreateDeploymentRequest sent(Map<String, ?> given) {
        return new DeploymentRequest(given).toCreateDeployment().build();
    }

    private static Set<String> set(SdkPojo pojo) {
        return pojo.sdkFields().stream()
                .filter(field -> isSet(field, pojo))
                .map(SdkField::memberName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isSet(SdkField<?> field, SdkPojo pojo) {
        Object value = field.getValueOrDefault(pojo);
        return value != null && !(value instanceof SdkAutoConstructList);
    }

    private static Map<String, Object> with(Object... more) {
        Map<String, Object> all = new LinkedHashMap<>(LEAST);
        for (int i = 0; i < more.length; i += 2) {
            all.put((String) more[i], more[i + 1]);
        }
        return all;
    }

    private static List<String> problems(Object... more) {
        return new DeploymentRequest(with(more)).problems();
    }

    private static String problem(Object... more) {
        List<String> problems = problems(more);
        assertEquals(1, problems.size(), problems.toString());
        return problems.get(0);
    }

    @Test
    void everyArgumentIsKnownByName() {
        assertEquals(everything().keySet(), Set.copyOf(DeploymentRequest.names()));
    }

    @Test
    void whatIsNeededAloneIsSentAlone() {
        assertEquals(List.of(), problems());
        assertEquals(Set.of("applicationName", "deploymentGroupName", "revision"), set(sent(LEAST)));
    }

    @Test
    void eachArgumentSetsItsOwnPartOfTheRequestAndNothingElse() {
        Map<String, String> members = new HashMap<>();
        everything().forEach((name, value) -> members.put(name, String.join(" ", set(sent(Map.of(name, value))))));
        Map<String, String> expected = new HashMap<>(Map.of(
                "application", "applicationName",
                "deploymentGroup", "deploymentGroupName",
                "deploymentConfig", "deploymentConfigName",
                "autoRollback", "autoRollbackConfiguration",
                "alarms", "overrideAlarmConfiguration"));
        OF_WORKSPACE.forEach(name -> expected.put(name, ""));
        // The description gets the step's marker when the deployment is created, and the mode is no member of older
        // SDKs.
        for (String own : List.of(
                "description",
                "deploymentMode",
                "registerOnly",
                "wait",
                "continueAfterReady",
                "waitType",
                "stop",
                "rollBack",
                "watch",
                "whenBusy",
                "timeoutMinutes")) {
            expected.put(own, "");
        }
        DeploymentRequest.names().forEach(name -> expected.putIfAbsent(name, name));
        assertEquals(expected, members);
    }

    @Test
    void everyArgumentIsSentAsItIsMeant() {
        CreateDeploymentRequest expected = CreateDeploymentRequest.builder()
                .applicationName("web")
                .deploymentGroupName("prod")
                .revision(at -> at.revisionType("S3")
                        .s3Location(s3 -> s3.bucket("artifacts").key("web.zip").bundleType("zip")))
                .deploymentConfigName("CodeDeployDefault.HalfAtATime")
                .fileExistsBehavior("OVERWRITE")
                .ignoreApplicationStopFailures(true)
                .updateOutdatedInstancesOnly(true)
                .targetInstances(targets -> targets.tagFilters(
                                tag -> tag.key("stage").value("green").type("KEY_AND_VALUE"))
                        .autoScalingGroups("green-1", "green-2")
                        .ec2TagSet(tags -> tags.ec2TagSetList(List.of(
                                List.of(tag("a", null, null), tag("b", null, null)),
                                List.of(tag(null, "c", "VALUE_ONLY"))))))
                .autoRollbackConfiguration(rollback -> rollback.enabled(true)
                        .events(AutoRollbackEvent.DEPLOYMENT_FAILURE, AutoRollbackEvent.DEPLOYMENT_STOP_ON_ALARM))
                .overrideAlarmConfiguration(alarms -> alarms.enabled(true)
                        .ignorePollAlarmFailure(true)
                        .alarms(alarm -> alarm.name("errors"), alarm -> alarm.name("latency")))
                .build();
        assertEquals(expected, sent(everything()));
    }

    private static software.amazon.awssdk.services.codedeploy.model.EC2TagFilter tag(
            String key, String value, String type) {
        return software.amazon.awssdk.services.codedeploy.model.EC2TagFilter.builder()
                .key(key)
                .value(value)
                .type(type)
                .build();
    }

    @Test
    void rollbackAndAlarmsCanBeSwitchedOff() {
        CreateDeploymentRequest off =
                sent(Map.of("autoRollback", Map.of("enabled", false), "alarms", Map.of("enabled", "false")));
        assertEquals(false, off.autoRollbackConfiguration().enabled());
        assertEquals(false, off.overrideAlarmConfiguration().enabled());
    }

    @Test
    void emptyArgumentsCountAsNotGiven() {
        Map<String, Object> blank = with("description", "", "alarms", Map.of(), "directory", "");
        blank.put("deploymentConfig", null);
        assertEquals(sent(LEAST), sent(blank));
        assertEquals(List.of(), new DeploymentRequest(blank).problems());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploymentMode | SLOW | deploymentMode: 'SLOW' is not known; use one of STANDARD, RESTART",
                "fileExistsBehavior | KEEP | fileExistsBehavior: 'KEEP' is not known; use one of DISALLOW, OVERWRITE, RETAIN",
                "ignoreApplicationStopFailures | yes | ignoreApplicationStopFailures: 'yes' is neither true nor false",
                "updateOutdatedInstancesOnly | 1 | updateOutdatedInstancesOnly: '1' is neither true nor false",
                "registerOnly | no | registerOnly: 'no' is neither true nor false",
                "wait | later | wait: 'later' is not known; use one of true, false, ready, shifted",
                "whenBusy | queue | whenBusy: 'queue' is not known; use one of wait, fail, newestWins",
                "timeoutMinutes | 0 | timeoutMinutes: 0 is out of range; use 1 to 10080",
                "timeoutMinutes | 10081 | timeoutMinutes: 10081 is out of range; use 1 to 10080",
                "timeoutMinutes | an hour | timeoutMinutes: 'an hour' is not a whole number",
                "directory | app | directory: only used with revision: 'workspace'; add that, or leave directory out",
                "appspec | a.yml | appspec: only used with revision: 'workspace'; add that, or leave appspec out",
                "bucket | b | bucket: only used with revision: 'workspace'; add that, or leave bucket out",
                "applicationn | web | applicationn: there is no such argument; did you mean application?"
            })
    void aWrongArgumentIsNamedWithTheFix(String name, String value, String problem) {
        assertEquals(problem, problem(name, value));
    }

    @Test
    void nestedArgumentsAreNamedByTheirPath() {
        assertEquals(
                "autoRollback: events: 'FAILURE' is not known; use one or more of DEPLOYMENT_FAILURE,"
                        + " DEPLOYMENT_STOP_ON_ALARM, DEPLOYMENT_STOP_ON_REQUEST",
                problem("autoRollback", Map.of("events", "FAILURE")));
        assertEquals(
                "autoRollback: must be a map of enabled, events", problem("autoRollback", true), "a switch is no map");
        assertEquals(
                "alarms: name: there is no such argument; did you mean names?",
                problem("alarms", Map.of("name", "errors")));
        assertEquals(
                "targetInstances: tagFilters: type: 'ALL' is not known; use one of KEY_AND_VALUE, KEY_ONLY, VALUE_ONLY",
                problem("targetInstances", Map.of("tagFilters", List.of(Map.of("type", "ALL")))));
        assertTrue(problem("targetInstances", Map.of("ec2TagSet", List.of(List.of())))
                .startsWith("targetInstances: ec2TagSet: must be a map of filters"));
        assertTrue(problem("revision", "web.zip").startsWith("revision: 'web.zip' is not known; use 'workspace'"));
    }

    @Test
    void whatIsMissingIsToldAllAtOnce() {
        assertEquals(
                List.of(
                        "deploymentGroup: name the deployment group to deploy to, such as deploymentGroup: 'prod'",
                        "application: name the CodeDeploy application, such as application: 'web'",
                        "revision: say what to deploy: 'workspace', 's3://bucket/key', the result of codeBuild,"
                                + " [repository: 'owner/name', commit: …] or [appSpec: …]"),
                new DeploymentRequest(Map.of()).problems());
    }

    @Test
    void aWorkspaceNeedsABucketAndMayHaveAllOfItsOwn() {
        assertEquals("bucket: name the S3 bucket to upload the workspace to", problem("revision", "workspace"));
        Map<String, Object> all = everything();
        all.put("revision", "workspace");
        List.of("continueAfterReady", "waitType", "stop", "rollBack", "watch").forEach(all::remove);
        DeploymentRequest request = new DeploymentRequest(all);
        assertEquals(List.of(), request.problems());
        assertTrue(request.fromWorkspace());
        assertNull(request.revision(), "It is not anywhere yet");

        DeploymentRequest uploaded = request.withRevision(new UploadedObject("artifacts", "web/0a1b", null, null));
        assertFalse(uploaded.fromWorkspace());
        assertEquals("web/0a1b", uploaded.revision().s3Location().key());
        assertEquals("zip", uploaded.revision().s3Location().bundleTypeAsString(), "whatever the key is");
        assertEquals(
                request.toCreateDeployment().revision(uploaded.revision()).build(),
                uploaded.toCreateDeployment().build(),
                "All else stays");
    }

    @Test
    void aRestartHasNoRevision() {
        assertEquals(
                "revision: cannot be combined with deploymentMode: 'RESTART', which restarts the deployed revision; leave one of"
                        + " them out",
                problem("deploymentMode", "RESTART"));
        DeploymentRequest restart = new DeploymentRequest(
                Map.of("application", "web", "deploymentGroup", "prod", "deploymentMode", "RESTART"));
        assertEquals(List.of(), restart.problems());
        assertTrue(restart.restarts());
        assertNull(restart.revision());
        assertFalse(new DeploymentRequest(with("deploymentMode", "STANDARD")).restarts());
    }

    @Test
    void registeringTakesWhatMakesARevisionAndNothingOfADeployment() {
        Map<String, Object> register = new HashMap<>(
                Map.of("application", "web", "revision", "s3://a/b.zip", "description", "1.2", "registerOnly", true));
        assertEquals(List.of(), new DeploymentRequest(register).problems());
        assertTrue(new DeploymentRequest(register).registerOnly());
        assertEquals("", new DeploymentRequest(register).group());
        for (String name : List.of("deploymentGroup", "whenBusy", "wait", "timeoutMinutes", "autoRollback")) {
            Map<String, Object> more = new HashMap<>(register);
            more.put(name, everything().get(name));
            assertEquals(
                    List.of(name + ": only used to deploy, which registerOnly: true does not; leave one of them out"),
                    new DeploymentRequest(more).problems());
        }
        register.putAll(Map.of("revision", "workspace", "bucket", "artifacts", "appspec", "a.yml", "directory", "d"));
        assertEquals(List.of(), new DeploymentRequest(register).problems());
    }

    @Test
    void whatIsContinuedIsContinuedAsItIs() {
        DeploymentRequest request =
                new DeploymentRequest(Map.of("continueAfterReady", "d-ABCDEF123", "wait", false, "timeoutMinutes", 5));
        assertEquals(List.of(), request.problems());
        assertEquals("d-ABCDEF123", request.earlier());
        assertEquals("", request.application());
        assertEquals("", request.group());
        Map<String, Object> more = with("continueAfterReady", "d-ABCDEF123");
        List<String> expected = new ArrayList<>();
        for (String name : List.of("application", "deploymentGroup", "revision")) {
            expected.add(name + ": cannot be combined with continueAfterReady, which uses an existing deployment");
        }
        assertEquals(expected, new DeploymentRequest(more).problems());
    }

    @Test
    void whatIsStoppedOrWatchedIsTakenAsItIs() {
        assertEquals(
                List.of(),
                new DeploymentRequest(Map.of("stop", "d-ABCDEF123", "rollBack", true, "wait", false)).problems());
        assertEquals(
                List.of("wait: a stopped deployment does not wait; use true or false"),
                new DeploymentRequest(Map.of("stop", "d-ABCDEF123", "wait", "ready")).problems());
        assertEquals(
                List.of(),
                new DeploymentRequest(Map.of("watch", "d-ABCDEF123", "wait", "shifted", "timeoutMinutes", 5))
                        .problems());
        assertEquals(
                List.of("watch: cannot be combined with stop, which uses an existing deployment"),
                new DeploymentRequest(Map.of("watch", "d-ABCDEF123", "stop", "d-ABCDEF123")).problems());
        assertEquals(
                List.of("rollBack: only used with stop; add that, or leave rollBack out"),
                new DeploymentRequest(with("rollBack", true)).problems());
        assertEquals(
                List.of("waitType: only used with continueAfterReady; add that, or leave waitType out"),
                new DeploymentRequest(with("waitType", "READY_WAIT")).problems());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABCDEF123", "d-", "d-abcdef123", "d-ABC DEF", "deployment d-ABCDEF123 Ready"})
    void whatIsNoDeploymentIsNotContinued(String id) {
        assertEquals(
                List.of("continueAfterReady: '" + id
                        + "' is not a deployment; use the result of codeDeploy, or an ID such as 'd-ABCDEF123'"),
                new DeploymentRequest(Map.of("continueAfterReady", id)).problems());
    }

    @Test
    void aBuildStandsForItsArchive() {
        Deliverable build = () -> new S3Object("artifacts", "web/builds/1/web-1.2", "zip");
        DeploymentRequest request = new DeploymentRequest(with("revision", build));
        assertEquals(List.of(), request.problems());
        assertEquals("web/builds/1/web-1.2", request.revision().s3Location().key());
        assertEquals("zip", request.revision().s3Location().bundleTypeAsString());
    }

    @Test
    void aBuildWithoutAnArchiveIsNoRevision() {
        Deliverable build = () -> null;
        assertTrue(problem("revision", build).startsWith("revision: '"));
        assertTrue(problem("revision", build).contains(" did not put a single archive into S3; "));
    }

    @Test
    void aDescriptionLeavesRoomForTheMarker() {
        assertEquals(List.of(), problems("description", "x".repeat(Marker.LONGEST_DESCRIPTION)));
        assertEquals(
                "description: has 196 characters; use at most 195, because the rest of AWS's 256 identifies the run",
                problem("description", "x".repeat(196)));
    }

    @Test
    void howFarItIsWatchedAndWhatHappensWhenBusyAreWords() {
        assertEquals(DeploymentRequest.Until.ENDED, new DeploymentRequest(LEAST).until());
        assertEquals(DeploymentRequest.Until.ENDED, new DeploymentRequest(with("wait", true)).until());
        assertEquals(DeploymentRequest.Until.STARTED, new DeploymentRequest(with("wait", "false")).until());
        assertEquals(DeploymentRequest.Until.READY, new DeploymentRequest(with("wait", "ready")).until());
        DeploymentRequest waits = new DeploymentRequest(with("whenBusy", "wait"));
        assertFalse(waits.failsWhenBusy() || waits.newestWins());
        assertTrue(new DeploymentRequest(with("whenBusy", "fail")).failsWhenBusy());
        assertTrue(new DeploymentRequest(with("whenBusy", "newestWins")).newestWins());
    }

    @Test
    void aTimeLimitIsInMinutesHoweverTheNumberIsWritten() {
        assertNull(new DeploymentRequest(LEAST).timeout());
        for (Object ninety : new Object[] {90, 90L, "90", " 90 ", new BigDecimal("90.0"), "9e1"}) {
            DeploymentRequest request = new DeploymentRequest(with("timeoutMinutes", ninety));
            assertEquals(List.of(), request.problems());
            assertEquals(Duration.ofMinutes(90), request.timeout(), "given as '" + ninety + "'");
        }
    }

    @Test
    void aRequestIsKeptWithTheRun() throws Exception {
        Deliverable build = () -> new S3Object("artifacts", "web.zip", "zip");
        Map<String, Object> all = everything();
        all.put("revision", build);
        all.put("application", new StringBuilder("web")); // Groovy has strings of its own
        DeploymentRequest request = new DeploymentRequest(all);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(request);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            DeploymentRequest read = (DeploymentRequest) in.readObject();
            assertEquals(
                    request.toCreateDeployment().build(),
                    read.toCreateDeployment().build());
            assertEquals("web", read.application());
        }
    }

    @Test
    void whatIsNullIsDoubtfulIfItDecidesWhatIsDeployed() {
        Map<String, Object> given = new HashMap<>(Map.of("application", "web", "deploymentGroup", "prod"));
        Map<String, Object> revision = new HashMap<>(Map.of("bucket", "artifacts", "key", "web.zip"));
        revision.put("version", null);
        given.put("revision", revision);
        given.put("deploymentConfig", null);
        given.put("description", null);
        assertEquals(
                List.of("deploymentConfig is null and is ignored", "revision: version is null and is ignored"),
                new DeploymentRequest(given).doubts());
    }
}
