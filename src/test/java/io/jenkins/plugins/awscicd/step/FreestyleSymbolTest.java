package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Describable;
import hudson.tasks.Builder;
import hudson.tasks.Publisher;
import io.jenkins.plugins.awscicd.freestyle.BeanstalkDeployBuilder;
import io.jenkins.plugins.awscicd.freestyle.BeanstalkDeployPublisher;
import io.jenkins.plugins.awscicd.freestyle.CodeBuildBuilder;
import io.jenkins.plugins.awscicd.freestyle.CodeBuildPublisher;
import io.jenkins.plugins.awscicd.freestyle.CodeDeployBuilder;
import io.jenkins.plugins.awscicd.freestyle.CodeDeployPublisher;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.beanstalk.BeanstalkDeployStep;
import io.jenkins.plugins.awscicd.step.codedeploy.CodeDeploySnippetTest;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Build steps as scripts that make jobs write them: by their symbol and the fields of the step. */
@WithSharedJenkins
class FreestyleSymbolTest {

    @BeforeAll
    static void setUp(@SuppressWarnings("unused") JenkinsRule jenkins) {
        // symbols are looked up in Jenkins
    }

    /** What is made by the symbol from what was taken apart. */
    private static <D extends Describable<D>> D again(Class<D> kind, Object given, String symbol) throws Exception {
        UninstantiatedDescribable parts = DescribableModel.uninstantiate2_(given);
        assertEquals(symbol, parts.getSymbol());
        Object made =
                new UninstantiatedDescribable(symbol, null, Map.copyOf(parts.getArguments())).instantiate(kind, null);
        assertEquals(given.getClass(), made.getClass());
        return kind.cast(made);
    }

    @Test
    void buildStepsKeepEveryField() throws Exception {
        CodeBuildBuilder build =
                (CodeBuildBuilder) again(Builder.class, new CodeBuildBuilder(FullStep.create()), "awsCodeBuild");
        assertEquals(FullStep.SNIPPET, Snippetizer.object2Groovy(build.getStep()));
        CodeDeployBuilder deploy = (CodeDeployBuilder)
                again(Builder.class, new CodeDeployBuilder(CodeDeploySnippetTest.whole()), "awsCodeDeploy");
        assertEquals(CodeDeploySnippetTest.WHOLE, Snippetizer.object2Groovy(deploy.getStep()));
        BeanstalkDeployBuilder update = (BeanstalkDeployBuilder)
                again(Builder.class, new BeanstalkDeployBuilder(beanstalk()), "awsBeanstalkDeploy");
        assertEquals(Snippetizer.object2Groovy(beanstalk()), Snippetizer.object2Groovy(update.getStep()));
    }

    @Test
    void postBuildStepsKeepEveryField() throws Exception {
        CodeDeployPublisher given = new CodeDeployPublisher(CodeDeploySnippetTest.whole());
        given.setWhen("always");
        CodeDeployPublisher deploy = (CodeDeployPublisher) again(Publisher.class, given, "awsCodeDeployPublisher");
        assertEquals("always", deploy.getWhen());
        assertEquals(CodeDeploySnippetTest.WHOLE, Snippetizer.object2Groovy(deploy.getStep()));
        CodeBuildPublisher build = (CodeBuildPublisher)
                again(Publisher.class, new CodeBuildPublisher(FullStep.create()), "awsCodeBuildPublisher");
        assertEquals(FullStep.SNIPPET, Snippetizer.object2Groovy(build.getStep()));
        BeanstalkDeployPublisher update = (BeanstalkDeployPublisher)
                again(Publisher.class, new BeanstalkDeployPublisher(beanstalk()), "awsBeanstalkDeployPublisher");
        assertEquals(Snippetizer.object2Groovy(beanstalk()), Snippetizer.object2Groovy(update.getStep()));
    }

    private static BeanstalkDeployStep beanstalk() {
        BeanstalkDeployStep step = new BeanstalkDeployStep();
        step.setApplication("web");
        step.setEnvironment("web-prod");
        step.setBundle("target/web.jar");
        return step;
    }
}
