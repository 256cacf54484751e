package io.jenkins.plugins.awscicd.localaws.codebuild;

import io.jenkins.plugins.awscicd.localaws.Clients;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.SteppedTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.BuildPhase;
import software.amazon.awssdk.services.codebuild.model.BuildPhaseType;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariable;

/** A local AWS on stepped time where two builds may run at once, and a project "web" whose builds do 30 s of nothing. */
abstract class SteppedBuilds {

    static final Timing TIMING = new Timing(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(1));

    final SteppedTime time = SimulatedTime.stepped();
    LocalAws aws;
    CodeBuildClient codeBuild;

    @BeforeEach
    final void start() {
        aws = LocalAws.builder().time(time).timing(TIMING).accountConcurrency(2).start();
        aws.codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 30));
        codeBuild = Clients.of(aws).codeBuild();
    }

    @AfterEach
    final void stop() {
        codeBuild.close();
        aws.close();
    }

    final Build startBuild() {
        return codeBuild.startBuild(request -> request.projectName("web")).build();
    }

    final Build get(String id) {
        return codeBuild.batchGetBuilds(request -> request.ids(id)).builds().get(0);
    }

    static BuildPhase phase(Build build, BuildPhaseType type) {
        return build.phases().stream()
                .filter(phase -> phase.phaseType() == type)
                .findFirst()
                .orElseThrow();
    }

    static EnvironmentVariable variable(String name, String value) {
        return EnvironmentVariable.builder().name(name).value(value).build();
    }
}
