package io.jenkins.plugins.awscicd.engine.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.awscicd.engine.Bench;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import io.jenkins.plugins.awscicd.engine.codedeploy.CodeDeployService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Half an answer says neither yes nor no, whichever language AWS gives it in. */
class CutAnswerTest {

    private static void isTransient(String call, Bench bench, Executable made) {
        bench.aws().faults().on(call).cutAnswer().times(1);
        assertEquals(AwsFault.TRANSIENT, AwsFault.of(assertThrows(RuntimeException.class, made)));
    }

    @Test
    void ofXml() {
        try (Bench bench = Bench.stepped()) {
            isTransient(
                    "CloudFormation.ListStacks",
                    bench,
                    () -> CloudFormationService.client(bench.session()).listStacks());
        }
    }

    @Test
    void ofJson() {
        try (Bench bench = Bench.stepped()) {
            isTransient(
                    "CodeDeploy.ListApplications",
                    bench,
                    () -> CodeDeployService.client(bench.session()).listApplications());
        }
    }
}
