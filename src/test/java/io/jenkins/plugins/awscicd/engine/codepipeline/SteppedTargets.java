package io.jenkins.plugins.awscicd.engine.codepipeline;

import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.localaws.codepipeline.PipelineSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;

/** A pipeline that changes the stack {@code web} and then the environment {@code web-prod}, and steps that follow its actions. */
abstract class SteppedTargets extends SteppedPipelines {

    /** As whom pipelines of local AWS call its other services. */
    static final String PIPELINES = "AKIACODEPIPELINE0000";

    private final EnvironmentSpec environment = EnvironmentSpec.simulated("web", "web-prod");

    final void pipeline(UnaryOperator<PipelineSpec> stack, String mode) {
        bench.aws()
                .codePipeline()
                .pipeline(stack.apply(PipelineSpec.named("web")
                                .mode(mode)
                                .source("acme/web")
                                .stage("Infra")
                                .action("Stack", "Deploy", "CloudFormation")
                                .set("ActionMode", "CREATE_UPDATE")
                                .set("StackName", "web")
                                .set("TemplatePath", "Source::stack.yml")
                                .in("Source"))
                        .stage("Deploy")
                        .action("Ship", "Deploy", "ElasticBeanstalk")
                        .set("ApplicationName", "web")
                        .set("EnvironmentName", "web-prod")
                        .in("Source"));
    }

    final void template(String resources) {
        bench.aws()
                .codePipeline()
                .commit("acme/web", "main", COMMIT, "Serve tea", Map.of("stack.yml", "Resources: {" + resources + "}"));
    }

    @BeforeEach
    void declare() {
        bench.aws().faults().spare(PIPELINES);
        bench.aws().beanstalk().environment(environment);
        template("Topic: {Type: 'AWS::SNS::Topic'}");
        bench.aws().cloudFormation().simulation("web").takes("Topic", Duration.ofSeconds(40));
        pipeline(it -> it, "QUEUED");
    }

    final Step following() {
        return step().with("follow", "actions");
    }

    static final List<String> of(List<String> lines, String path) {
        return lines.stream().filter(line -> line.startsWith(path + " | ")).toList();
    }
}
