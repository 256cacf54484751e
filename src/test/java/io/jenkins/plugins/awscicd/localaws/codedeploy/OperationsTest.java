package io.jenkins.plugins.awscicd.localaws.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.Place;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.ApplicationRevisionSortBy;
import software.amazon.awssdk.services.codedeploy.model.BundleType;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentOption;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.DeploymentType;
import software.amazon.awssdk.services.codedeploy.model.EC2TagFilter;
import software.amazon.awssdk.services.codedeploy.model.FileExistsBehavior;
import software.amazon.awssdk.services.codedeploy.model.GetApplicationRevisionResponse;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsResponse;
import software.amazon.awssdk.services.codedeploy.model.ListStateFilterAction;
import software.amazon.awssdk.services.codedeploy.model.MinimumHealthyHostsType;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;
import software.amazon.awssdk.services.codedeploy.model.SortOrder;
import software.amazon.awssdk.services.codedeploy.model.TargetFilterName;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoutingType;

/** What CodeDeploy's operations take, answer and refuse. */
class OperationsTest extends SteppedDeployments {

    private static final String ROLE = "arn:aws:iam::123456789012:role/codedeploy";

    private void web() {
        aws.codeDeploy().group(GroupSpec.simulated("web", "dev").instances("i-1", "i-2", "i-3"));
    }

    @Test
    void applicationsComeAndGo() {
        String id = codeDeploy
                .createApplication(request -> request.applicationName("web"))
                .applicationId();
        codeDeploy.createApplication(request -> request.applicationName("fn").computePlatform(ComputePlatform.LAMBDA));
        assertEquals(
                id,
                codeDeploy
                        .getApplication(request -> request.applicationName("web"))
                        .application()
                        .applicationId());
        assertEquals(List.of("fn", "web"), codeDeploy.listApplications().applications());
        refused(
                "ApplicationAlreadyExistsException",
                () -> codeDeploy.createApplication(request -> request.applicationName("web")));
        refused(
                "InvalidComputePlatformException",
                () -> codeDeploy.createApplication(
                        request -> request.applicationName("x").computePlatform("Mainframe")));
        codeDeploy.deleteApplication(request -> request.applicationName("fn"));
        codeDeploy.deleteApplication(request -> request.applicationName("fn"));
        refused(
                "ApplicationDoesNotExistException",
                () -> codeDeploy.getApplication(request -> request.applicationName("fn")));
        refused("ApplicationNameRequiredException", () -> codeDeploy.getApplication(request -> {}));
        refused(
                "InvalidApplicationNameException",
                () -> codeDeploy.getApplication(request -> request.applicationName("x".repeat(101))));
    }

    @Test
    void placesAreApart() {
        aws.codeDeploy(new Place(aws.home().account(), "us-east-1")).application("there");
        try (CodeDeployClient there = Clients.of(aws).in("us-east-1").codeDeploy()) {
            assertEquals(List.of("there"), there.listApplications().applications());
        }
        assertEquals(List.of(), codeDeploy.listApplications().applications());
    }

    @Test
    void listsHavePages() {
        for (int i = 0; i < 205; i++) {
            aws.codeDeploy().application("app-%03d".formatted(i));
        }
        List<Integer> sizes = new ArrayList<>();
        codeDeploy
                .listApplicationsPaginator()
                .forEach(page -> sizes.add(page.applications().size()));
        assertEquals(List.of(100, 100, 5), sizes);
        refused("InvalidNextTokenException", () -> codeDeploy.listApplications(request -> request.nextToken("!")));
        for (int i = 0; i < 101; i++) {
            aws.codeDeploy().group(GroupSpec.simulated("web", "group-%03d".formatted(i)));
        }
        assertEquals(
                101,
                codeDeploy.listDeploymentGroupsPaginator(request -> request.applicationName("web")).stream()
                        .mapToInt(page -> page.deploymentGroups().size())
                        .sum());
    }

    private CreateDeploymentGroupRequest.Builder group(CreateDeploymentGroupRequest.Builder request) {
        return request.applicationName("web").deploymentGroupName("new").serviceRoleArn(ROLE);
    }

    @Test
    void groupsComeAndGo() {
        aws.codeDeploy().application("web");
        String id = codeDeploy
                .createDeploymentGroup(request -> group(request)
                        .autoScalingGroups("asg")
                        .ec2TagFilters(EC2TagFilter.builder()
                                .key("a")
                                .value("b")
                                .type("KEY_AND_VALUE")
                                .build()))
                .deploymentGroupId();
        DeploymentGroupInfo info = info("new");
        assertEquals(id, info.deploymentGroupId());
        assertEquals("CodeDeployDefault.OneAtATime", info.deploymentConfigName());
        assertEquals("asg", info.autoScalingGroups().get(0).name());
        assertEquals(DeploymentType.IN_PLACE, info.deploymentStyle().deploymentType());
        assertNull(info.lastSuccessfulDeployment());
        codeDeploy.updateDeploymentGroup(request -> request.applicationName("web")
                .currentDeploymentGroupName("new")
                .newDeploymentGroupName("newer")
                .deploymentConfigName("CodeDeployDefault.AllAtOnce"));
        assertEquals("CodeDeployDefault.AllAtOnce", info("newer").deploymentConfigName());
        assertEquals("b", info("newer").ec2TagFilters().get(0).value());
        codeDeploy.deleteDeploymentGroup(
                request -> request.applicationName("web").deploymentGroupName("newer"));
        refused("DeploymentGroupDoesNotExistException", () -> info("newer"));
        assertEquals(
                List.of(),
                codeDeploy
                        .listDeploymentGroups(request -> request.applicationName("web"))
                        .deploymentGroups());
    }

    private DeploymentGroupInfo info(String group) {
        return codeDeploy
                .getDeploymentGroup(request -> request.applicationName("web").deploymentGroupName(group))
                .deploymentGroupInfo();
    }

    @Test
    void groupsThatCannotBe() {
        web();
        codeDeploy.createApplication(request -> request.applicationName("fn").computePlatform(ComputePlatform.LAMBDA));
        refused(
                "DeploymentGroupAlreadyExistsException",
                () -> codeDeploy.createDeploymentGroup(request -> group(request).deploymentGroupName("dev")));
        refused(
                "RoleRequiredException",
                () -> codeDeploy.createDeploymentGroup(request -> group(request).serviceRoleArn(null)));
        refused(
                "DeploymentConfigDoesNotExistException",
                () -> codeDeploy.createDeploymentGroup(request -> group(request).deploymentConfigName("mine")));
        refused(
                "InvalidDeploymentConfigNameException",
                () -> codeDeploy.createDeploymentGroup(
                        request -> group(request).deploymentConfigName("CodeDeployDefault.ECSAllAtOnce")));
        refused(
                "InvalidAutoRollbackConfigException",
                () -> codeDeploy.createDeploymentGroup(
                        request -> group(request).autoRollbackConfiguration(rollback -> rollback.enabled(true))));
        refused(
                "InvalidAutoRollbackConfigException",
                () -> codeDeploy.createDeploymentGroup(request -> group(request)
                        .autoRollbackConfiguration(
                                rollback -> rollback.enabled(true).eventsWithStrings("MOON"))));
        refused(
                "InvalidAlarmConfigException",
                () -> codeDeploy.createDeploymentGroup(
                        request -> group(request).alarmConfiguration(alarms -> alarms.enabled(true))));
        refused(
                "InvalidLoadBalancerInfoException",
                () -> codeDeploy.createDeploymentGroup(request -> group(request)
                        .deploymentStyle(style -> style.deploymentType(DeploymentType.IN_PLACE)
                                .deploymentOption(DeploymentOption.WITH_TRAFFIC_CONTROL))));
        refused(
                "InvalidBlueGreenDeploymentConfigurationException",
                () -> codeDeploy.createDeploymentGroup(request ->
                        group(request).deploymentStyle(style -> style.deploymentType(DeploymentType.BLUE_GREEN))));
        refused(
                "InvalidDeploymentStyleException",
                () -> codeDeploy.createDeploymentGroup(request -> group(request).applicationName("fn")));
    }

    @Test
    void configurations() {
        List<String> names = codeDeploy.listDeploymentConfigs().deploymentConfigsList();
        assertTrue(names.containsAll(List.of(
                "CodeDeployDefault.OneAtATime",
                "CodeDeployDefault.HalfAtATime",
                "CodeDeployDefault.AllAtOnce",
                "CodeDeployDefault.ECSAllAtOnce",
                "CodeDeployDefault.ECSCanary10Percent5Minutes",
                "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
                "CodeDeployDefault.LambdaAllAtOnce",
                "CodeDeployDefault.LambdaCanary10Percent30Minutes",
                "CodeDeployDefault.LambdaLinear10PercentEvery10Minutes")));
        assertEquals(
                50,
                config("CodeDeployDefault.HalfAtATime").minimumHealthyHosts().value());
        assertEquals(
                TrafficRoutingType.TIME_BASED_CANARY,
                config("CodeDeployDefault.ECSCanary10Percent15Minutes")
                        .trafficRoutingConfig()
                        .type());
        codeDeploy.createDeploymentConfig(request -> request.deploymentConfigName("mine")
                .minimumHealthyHosts(
                        hosts -> hosts.type(MinimumHealthyHostsType.HOST_COUNT).value(2)));
        assertEquals(2, config("mine").minimumHealthyHosts().value());
        refused(
                "DeploymentConfigAlreadyExistsException",
                () -> codeDeploy.createDeploymentConfig(request -> request.deploymentConfigName("mine")
                        .minimumHealthyHosts(hosts ->
                                hosts.type(MinimumHealthyHostsType.HOST_COUNT).value(2))));
        refused(
                "InvalidMinimumHealthyHostValueException",
                () -> codeDeploy.createDeploymentConfig(request -> request.deploymentConfigName("other")
                        .minimumHealthyHosts(hosts -> hosts.type(MinimumHealthyHostsType.FLEET_PERCENT)
                                .value(100))));
        refused("DeploymentConfigDoesNotExistException", () -> config("other"));
    }

    private DeploymentConfigInfo config(String name) {
        return codeDeploy
                .getDeploymentConfig(request -> request.deploymentConfigName(name))
                .deploymentConfigInfo();
    }

    @Test
    void revisionsAreRemembered() {
        web();
        codeDeploy.registerApplicationRevision(
                request -> request.applicationName("web").description("first").revision(zip("a/1.zip")));
        advance(1);
        codeDeploy.registerApplicationRevision(
                request -> request.applicationName("web").revision(zip("b/2.zip")));
        GetApplicationRevisionResponse first = codeDeploy.getApplicationRevision(
                request -> request.applicationName("web").revision(zip("a/1.zip")));
        assertEquals("first", first.revisionInfo().description());
        assertNull(first.revisionInfo().firstUsedTime());
        deploy("a/1.zip");
        assertEquals(
                List.of("dev"),
                codeDeploy
                        .getApplicationRevision(
                                request -> request.applicationName("web").revision(zip("a/1.zip")))
                        .revisionInfo()
                        .deploymentGroups());
        refused(
                "RevisionDoesNotExistException",
                () -> codeDeploy.getApplicationRevision(
                        request -> request.applicationName("web").revision(zip("c.zip"))));
        assertEquals(
                List.of("b/2.zip", "a/1.zip"),
                codeDeploy
                        .listApplicationRevisions(request -> request.applicationName("web")
                                .sortBy(ApplicationRevisionSortBy.REGISTER_TIME)
                                .sortOrder(SortOrder.DESCENDING))
                        .revisions()
                        .stream()
                        .map(revision -> revision.s3Location().key())
                        .toList());
        assertEquals(
                1,
                codeDeploy
                        .listApplicationRevisions(request -> request.applicationName("web")
                                .s3Bucket("revisions")
                                .s3KeyPrefix("b/")
                                .deployed(ListStateFilterAction.EXCLUDE))
                        .revisions()
                        .size());
        refused(
                "BucketNameFilterRequiredException",
                () -> codeDeploy.listApplicationRevisions(
                        request -> request.applicationName("web").s3KeyPrefix("b/")));
        refused(
                "DescriptionTooLongException",
                () -> codeDeploy.registerApplicationRevision(request -> request.applicationName("web")
                        .description("x".repeat(257))
                        .revision(zip("a/1.zip"))));
    }

    @Test
    void deploymentsThatCannotBe() throws Exception {
        web();
        aws.codeDeploy().group(GroupSpec.lambda("fn", "live"));
        refused("ApplicationDoesNotExistException", () -> deploy("1.zip", request -> request.applicationName("no")));
        refused(
                "DeploymentGroupDoesNotExistException",
                () -> deploy("1.zip", request -> request.deploymentGroupName("no")));
        refused(
                "RevisionRequiredException",
                () -> deploy("1.zip", request -> request.revision((RevisionLocation) null)));
        refused("DescriptionTooLongException", () -> deploy("1.zip", request -> request.description("x".repeat(257))));
        refused(
                "DeploymentConfigDoesNotExistException",
                () -> deploy("1.zip", request -> request.deploymentConfigName("no")));
        refused(
                "InvalidAutoRollbackConfigException",
                () -> deploy(
                        "1.zip", request -> request.autoRollbackConfiguration(rollback -> rollback.enabled(true))));
        refused(
                "InvalidFileExistsBehaviorException",
                () -> deploy("1.zip", request -> request.fileExistsBehavior("SOMETIMES")));
        refused(
                "InvalidTargetInstancesException",
                () -> deploy("1.zip", request -> request.targetInstances(targets -> targets.autoScalingGroups("a"))));
        RevisionLocation incomplete = RevisionLocation.builder()
                .revisionType(RevisionLocationType.S3)
                .s3Location(location -> location.bucket("b").key("k"))
                .build();
        refused("InvalidRevisionException", () -> deploy("1.zip", request -> request.revision(incomplete)));
        refused("InvalidRevisionException", () -> deploy("1.zip", request -> request.revision(content("x", null))));
        refused("InvalidRevisionException", () -> function(content("x", "00")));
        refused("InvalidRevisionException", () -> function(zip("1.zip")));
        refused(
                "InvalidFileExistsBehaviorException",
                () -> codeDeploy.createDeployment(request -> request.applicationName("fn")
                        .deploymentGroupName("live")
                        .revision(content("x", null))
                        .fileExistsBehavior(FileExistsBehavior.OVERWRITE)));
        refused(
                "InvalidUpdateOutdatedInstancesOnlyValueException",
                () -> codeDeploy.createDeployment(request -> request.applicationName("fn")
                        .deploymentGroupName("live")
                        .revision(content("x", null))
                        .updateOutdatedInstancesOnly(true)));
        refused(
                "InvalidIgnoreApplicationStopFailuresValueException",
                () -> codeDeploy.createDeployment(request -> request.applicationName("fn")
                        .deploymentGroupName("live")
                        .revision(content("x", null))
                        .ignoreApplicationStopFailures(true)));
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest("x".getBytes(StandardCharsets.UTF_8));
        assertNotNull(function(content("x", HexFormat.of().formatHex(sha256))));
    }

    private static RevisionLocation content(String text, String sha256) {
        return RevisionLocation.builder()
                .revisionType(RevisionLocationType.APP_SPEC_CONTENT)
                .appSpecContent(content -> content.content(text).sha256(sha256))
                .build();
    }

    private String function(RevisionLocation revision) {
        return codeDeploy
                .createDeployment(request -> request.applicationName("fn")
                        .deploymentGroupName("live")
                        .revision(revision))
                .deploymentId();
    }

    @Test
    void deploymentsAreListedNewestFirst() {
        web();
        aws.codeDeploy().group(GroupSpec.simulated("other", "dev"));
        List<String> ids = new ArrayList<>();
        Instant third = null;
        for (int i = 0; i < 5; i++) {
            if (i == 2) {
                third = time.now();
            }
            ids.add(deploy(i + ".zip"));
            advance(20);
        }
        Instant since = third;
        String elsewhere = codeDeploy
                .createDeployment(request -> request.applicationName("other")
                        .deploymentGroupName("dev")
                        .revision(zip("1.zip")))
                .deploymentId();
        Collections.reverse(ids);
        assertEquals(ids, list().deployments());
        assertEquals(elsewhere, codeDeploy.listDeployments().deployments().get(0));
        assertEquals(
                List.of(elsewhere),
                codeDeploy
                        .listDeployments(request -> request.includeOnlyStatuses(DeploymentStatus.CREATED))
                        .deployments());
        assertEquals(
                ids.subList(0, 3),
                codeDeploy
                        .listDeployments(request -> request.applicationName("web")
                                .deploymentGroupName("dev")
                                .createTimeRange(range -> range.start(since)))
                        .deployments());
        refused(
                "DeploymentGroupNameRequiredException",
                () -> codeDeploy.listDeployments(request -> request.applicationName("web")));
        refused(
                "ApplicationNameRequiredException",
                () -> codeDeploy.listDeployments(request -> request.deploymentGroupName("dev")));
        refused(
                "InvalidTimeRangeException",
                () -> codeDeploy.listDeployments(request ->
                        request.createTimeRange(range -> range.start(since).end(since.minusSeconds(1)))));
        refused(
                "InvalidDeploymentStatusException",
                () -> codeDeploy.listDeployments(request -> request.includeOnlyStatusesWithStrings("Lost")));
        assertEquals(
                ids.subList(0, 2),
                codeDeploy
                        .batchGetDeployments(request -> request.deploymentIds(ids.get(0), "d-000000000", ids.get(1)))
                        .deploymentsInfo()
                        .stream()
                        .map(one -> one.deploymentId())
                        .toList());
        refused(
                "BatchLimitExceededException",
                () -> codeDeploy.batchGetDeployments(
                        request -> request.deploymentIds(Collections.nCopies(26, ids.get(0)))));
        assertEquals(2, aws.calls().count("CodeDeploy.BatchGetDeployments"));
    }

    private ListDeploymentsResponse list() {
        return codeDeploy.listDeployments(
                request -> request.applicationName("web").deploymentGroupName("dev"));
    }

    @Test
    void aPageOfDeploymentsIsNotMovedByNewOnes() {
        web();
        for (int i = 0; i < 101; i++) {
            deploy("1.zip");
            advance(10);
        }
        ListDeploymentsResponse page = list();
        assertEquals(100, page.deployments().size());
        deploy("2.zip");
        ListDeploymentsResponse next = codeDeploy.listDeployments(request ->
                request.applicationName("web").deploymentGroupName("dev").nextToken(page.nextToken()));
        assertEquals(1, next.deployments().size());
        assertFalse(page.deployments().contains(next.deployments().get(0)));
        assertNull(next.nextToken());
    }

    @Test
    void oneDeploymentAtATime() {
        web();
        String id = deploy("1.zip");
        refused("DeploymentLimitExceededException", () -> deploy("2.zip"));
        advance(20);
        assertNotNull(deploy("2.zip"));
        assertEquals(
                "1.zip",
                get(list().deployments().get(0)).previousRevision().s3Location().key());
        assertNull(get(id).previousRevision());
    }

    @Test
    void deploymentsThatAreNotThere() {
        refused("DeploymentDoesNotExistException", () -> get("d-000000000"));
        refused("InvalidDeploymentIdException", () -> get("deployment"));
        refused("DeploymentIdRequiredException", () -> codeDeploy.getDeployment(request -> {}));
        refused(
                "DeploymentDoesNotExistException",
                () -> codeDeploy.stopDeployment(request -> request.deploymentId("d-000000000")));
        web();
        String id = deploy("1.zip");
        refused(
                "InvalidDeploymentWaitTypeException",
                () -> codeDeploy.continueDeployment(
                        request -> request.deploymentId(id).deploymentWaitType("FOREVER")));
        refused(
                "UnsupportedActionForDeploymentTypeException",
                () -> codeDeploy.continueDeployment(
                        request -> request.deploymentId(id).deploymentWaitType("READY_WAIT")));
    }

    @Test
    void whatIsNotYetVisible() {
        web();
        String id = deploy("1.zip");
        advance(2);
        aws.faults().on("CodeDeploy.*").notYetVisible().times(2);
        refused("DeploymentDoesNotExistException", () -> get(id));
        refused("DeploymentDoesNotExistException", () -> targetIds(id));
        assertNotNull(get(id));
    }

    @Test
    void targetsAreFilteredAndFetchedInBatches() {
        web();
        String id = deploy("1.zip", request -> request.deploymentConfigName("CodeDeployDefault.OneAtATime"));
        advance(3);
        assertEquals(
                List.of("i-2", "i-3"),
                codeDeploy
                        .listDeploymentTargets(request -> request.deploymentId(id)
                                .targetFilters(Map.of(TargetFilterName.TARGET_STATUS, List.of("Pending"))))
                        .targetIds());
        refused(
                "InvalidInstanceStatusException",
                () -> codeDeploy.listDeploymentTargets(request -> request.deploymentId(id)
                        .targetFilters(Map.of(TargetFilterName.TARGET_STATUS, List.of("Lost")))));
        refused(
                "InvalidTargetFilterNameException",
                () -> codeDeploy.listDeploymentTargets(request ->
                        request.deploymentId(id).targetFiltersWithStrings(Map.of("Colour", List.of("Blue")))));
        assertEquals(
                3,
                codeDeploy
                        .batchGetDeploymentTargets(
                                request -> request.deploymentId(id).targetIds("i-1", "i-2", "i-3"))
                        .deploymentTargets()
                        .size());
        refused(
                "DeploymentTargetDoesNotExistException",
                () -> codeDeploy.batchGetDeploymentTargets(
                        request -> request.deploymentId(id).targetIds("i-1", "i-9")));
        refused("DeploymentTargetDoesNotExistException", () -> target(id, "i-9"));
        refused(
                "DeploymentTargetListSizeExceededException",
                () -> codeDeploy.batchGetDeploymentTargets(request -> request.deploymentId(id)
                        .targetIds(
                                IntStream.range(0, 26).mapToObj(i -> "i-" + i).toList())));
        refused(
                "DeploymentTargetIdRequiredException",
                () -> codeDeploy.getDeploymentTarget(request -> request.deploymentId(id)));
    }

    /** The SDK that is used here does not know deploymentMode. */
    @Test
    void aRestartHasNoRevision() throws Exception {
        web();
        String restart =
                "{\"applicationName\": \"web\", \"deploymentGroupName\": \"dev\", \"deploymentMode\": \"RESTART\"}";
        assertTrue(post("CreateDeployment", restart).contains("RevisionRequiredException"));
        deploy("1.zip");
        advance(20);
        String answer = post("CreateDeployment", restart);
        String id = answer.replaceAll(".*\"(d-[0-9A-Z]{9})\".*", "$1");
        advance(20);
        assertEquals(
                List.of("ApplicationStop=Succeeded", "ApplicationStart=Succeeded", "ValidateService=Succeeded"),
                events(id, "i-1"));
        assertEquals("1.zip", get(id).revision().s3Location().key());
        assertTrue(post("GetDeployment", "{\"deploymentId\": \"" + id + "\"}").contains("\"RESTART\""));
        assertTrue(post("CreateDeployment", restart.replace("RESTART", "PAUSE")).contains("InvalidInputException"));
    }

    private String post(String operation, String body) throws Exception {
        URI endpoint = aws.endpoint();
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/"))
                .header("X-Amz-Target", "CodeDeploy_20141006." + operation)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIALOCAL/20260101/eu-west-1/codedeploy/aws4_request, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void bundleTypesAreThoseOfInstances() {
        web();
        for (BundleType type : List.of(BundleType.TAR, BundleType.TGZ)) {
            deploy(
                    "1",
                    request -> request.revision(RevisionLocation.builder()
                            .revisionType(RevisionLocationType.S3)
                            .s3Location(location -> location.bucket("b")
                                    .key("k")
                                    .bundleType(type)
                                    .version("v")
                                    .eTag("e"))
                            .build()));
            advance(20);
        }
        refused(
                "InvalidRevisionException",
                () -> deploy(
                        "1",
                        request -> request.revision(RevisionLocation.builder()
                                .revisionType(RevisionLocationType.S3)
                                .s3Location(location ->
                                        location.bucket("b").key("k").bundleType(BundleType.YAML))
                                .build())));
        assertEquals(
                "e", get(list().deployments().get(0)).revision().s3Location().eTag());
    }
}
