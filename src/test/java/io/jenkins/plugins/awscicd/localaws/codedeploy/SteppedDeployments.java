package io.jenkins.plugins.awscicd.localaws.codedeploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.BundleType;
import software.amazon.awssdk.services.codedeploy.model.CodeDeployException;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTarget;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentTargetsResponse;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;

/** A local AWS on stepped time, whose deployments begin after 2 s and stop within 1 s. */
abstract class SteppedDeployments {

    static final DeploymentTiming TIMING = new DeploymentTiming(
            Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(30));

    final SteppedTime time = SimulatedTime.stepped();
    LocalAws aws;
    CodeDeployClient codeDeploy;

    @BeforeEach
    final void start() {
        aws = LocalAws.builder().time(time).deploymentTiming(TIMING).start();
        codeDeploy = Clients.of(aws).codeDeploy();
    }

    @AfterEach
    final void stop() {
        codeDeploy.close();
        aws.close();
    }

    static RevisionLocation zip(String key) {
        return RevisionLocation.builder()
                .revisionType(RevisionLocationType.S3)
                .s3Location(location -> location.bucket("revisions").key(key).bundleType(BundleType.ZIP))
                .build();
    }

    final String deploy(String key) {
        return deploy(key, request -> {});
    }

    final String deploy(String key, Consumer<CreateDeploymentRequest.Builder> more) {
        return codeDeploy
                .createDeployment(request -> {
                    request.applicationName("web").deploymentGroupName("dev").revision(zip(key));
                    more.accept(request);
                })
                .deploymentId();
    }

    final DeploymentInfo get(String id) {
        return codeDeploy.getDeployment(request -> request.deploymentId(id)).deploymentInfo();
    }

    final List<String> targetIds(String id) {
        return codeDeploy
                .listDeploymentTargets(request -> request.deploymentId(id))
                .targetIds();
    }

    /** Of all pages. */
    final List<String> allTargetIds(String id) {
        List<String> ids = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            ListDeploymentTargetsResponse page = codeDeploy.listDeploymentTargets(
                    request -> request.deploymentId(id).nextToken(next));
            ids.addAll(page.targetIds());
            token = page.nextToken();
        } while (token != null);
        return ids;
    }

    final DeploymentTarget target(String id, String targetId) {
        return codeDeploy
                .getDeploymentTarget(request -> request.deploymentId(id).targetId(targetId))
                .deploymentTarget();
    }

    final List<String> statuses(String id) {
        return targetIds(id).stream()
                .map(targetId -> target(id, targetId).instanceTarget().statusAsString())
                .toList();
    }

    /** {@code Install=Succeeded} and so on. */
    final List<String> events(String id, String targetId) {
        return target(id, targetId).instanceTarget().lifecycleEvents().stream()
                .map(event -> event.lifecycleEventName() + "=" + event.statusAsString())
                .toList();
    }

    final LifecycleEvent event(String id, String targetId, String name) {
        return target(id, targetId).instanceTarget().lifecycleEvents().stream()
                .filter(event -> event.lifecycleEventName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    final void advance(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    static void refused(String code, Executable call) {
        CodeDeployException refusal = assertThrows(CodeDeployException.class, call);
        assertEquals(code, refusal.awsErrorDetails().errorCode(), refusal.getMessage());
        assertEquals(400, refusal.statusCode());
    }
}
