package io.jenkins.plugins.awscicd.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Result;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.localaws.codebuild.ProjectSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What people write by mistake is refused where Pipeline is as lenient as it is in production. */
@WithSharedJenkins
class StrictArgumentsTest extends PipelineRuns {

    private static final String SECRET = "hunter22";

    private boolean strict;

    @BeforeEach
    void asInProduction() {
        strict = DescribableModel.STRICT_PARAMETER_CHECKING;
        DescribableModel.STRICT_PARAMETER_CHECKING = false;
    }

    @AfterEach
    void asBefore() {
        DescribableModel.STRICT_PARAMETER_CHECKING = strict;
    }

    /** What is written, and what is said of it. */
    private record Mistake(String call, String message) {}

    private static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake(
                        "awsApproval message: 'Ship?', approver: 'release-managers'",
                        "awsApproval approver: there is no such argument; did you mean approvers?"),
                new Mistake(
                        "codeDeploy application: 'web', deploymentGroup: 'dev', revision: 's3://b/k', onAbbort: 'leave', autoRolback: [:]",
                        "codeDeploy onAbbort: there is no such argument; did you mean onAbort?\ncodeDeploy autoRolback: there is no such argument; did you mean autoRollback?"),
                new Mistake(
                        "codeDeploy application: 'web', deploymentGroup: 'dev', revision: 's3://b/k', autoRollback: [event: ['DEPLOYMENT_FAILURE']]",
                        "codeDeploy autoRollback.event: there is no such argument; did you mean events?"),
                new Mistake(
                        "codeBuild project: 'web', environmentVariable: [A: 'b']",
                        "codeBuild environmentVariable: there is no such argument; did you mean environmentVariables?"),
                new Mistake(
                        "beanstalkDeploy application: 'web', environment: 'dev', bundle: '.', optionSettings: [[namespac: 'a', optionName: 'b', value: 'c']]",
                        "beanstalkDeploy optionSettings 1.namespac: there is no such argument; did you mean namespace?"),
                new Mistake(
                        "codeBuild project: 'web', propagate: 'yes'",
                        "codeBuild propagate: 'yes' is neither true nor false"),
                new Mistake(
                        "codeBuild project: 'web', propagate: 1", "codeBuild propagate: '1' is neither true nor false"),
                new Mistake(
                        "awsApproval message: 'Ship?', forbidSelfApproval: 'yes'",
                        "awsApproval forbidSelfApproval: 'yes' is neither true nor false"),
                new Mistake(
                        "codeBuild project: 'web', timeoutMinutes: 30.5",
                        "codeBuild timeoutMinutes: '30.5' is not a whole number"),
                new Mistake(
                        "codeBuild project: 'web', timeoutMinutes: 'soon'",
                        "codeBuild timeoutMinutes: 'soon' is not a whole number"),
                new Mistake(
                        "codeBuild project: 'web', computeType: ['x'], environmentVariables: [DB_PASS: '" + SECRET
                                + "']",
                        "codeBuild computeType: must be text, not a list"),
                new Mistake(
                        "codeBuild project: 'web', environmentVariables: ['DB_PASS=" + SECRET + "']",
                        "codeBuild environmentVariables: must be a map, such as [name: …], not a list"),
                new Mistake(
                        "codeBuild project: 'web', secondarySources: '" + SECRET + "'",
                        "codeBuild secondarySources: must be a list, such as […, …], not a text"),
                new Mistake(
                        "codeBuild project: 'web', cache: '" + SECRET + "'",
                        "codeBuild cache: must be a map, such as [name: …], not a text"),
                new Mistake(
                        "codeBuild project: 'web', propagate: [a: '" + SECRET + "']",
                        "codeBuild propagate: a map is neither true nor false"));
    }

    @Test
    void mistakesAreNamedWithTheirMending() throws Exception {
        List<Mistake> all = mistakes().toList();
        StringBuilder script = new StringBuilder("""
                def expect = { n, body ->
                    try { body(); echo "PASSED ${n}" } catch (e) { echo "<${n}> ${e.message} </${n}>" }
                }
                """);
        for (int i = 0; i < all.size(); i++) {
            script.append("expect(")
                    .append(i)
                    .append(") { ")
                    .append(all.get(i).call())
                    .append(" }\n");
        }
        WorkflowRun run = run(Result.SUCCESS, script.toString());
        String log = JenkinsRule.getLog(run);
        List<String> told = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            int from = log.indexOf("<" + i + "> ");
            int to = log.indexOf(" </" + i + ">");
            told.add(
                    from < 0 || to < 0
                            ? "passed: " + all.get(i).call()
                            : log.substring(from + ("<" + i + "> ").length(), to));
            wanted.add(all.get(i).message());
        }
        assertEquals(String.join("\n", wanted), String.join("\n", told));
        assertFalse(log.contains(SECRET), log);
        assertEquals(List.of(), local.aws().codeBuild().builds());
    }

    /** Groovy's own texts, numbers and truths as text, and nothing at all are as good as ever. */
    @Test
    void whatIsMeantIsTaken() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 0));
        run(Result.SUCCESS, """
                def name = 'web'
                codeBuild project: "${name}", timeoutMinutes: '30', propagate: 'false', computeType: null,
                    environmentVariables: [A: "${name}", B: 1, C: [value: 'x', type: 'PLAINTEXT']]
                def built = codeBuild 'web'
                awsApproval message: 'Ship?', what: built, timeout: 1, unit: 'SECONDS', onTimeout: 'approve'
                """);
    }

    /** However it is called, and with whatever numbers: what fails outside of this step says all values. */
    @Test
    void howItIsCalledMakesNoDifference() throws Exception {
        local.aws().codeBuild().project(ProjectSpec.simulated("web").variable("SIMULATED_SECONDS", 0));
        WorkflowRun run = run(Result.SUCCESS, """
                def build(Map args) { codeBuild(args + [propagate: 'TRUE']) }
                build(project: 'web', sourceVersion: 42, environmentVariables: [DB_PASS: 'hunter22', "${'A'}": 1, B: true])
                build([project: 'web\\n', timeoutMinutes: 30.0])
                steps.codeBuild(project: 'web', queuedTimeoutMinutes: ' 30 ')
                steps.'codeBuild'(project: 'web', autoRetryLimit: 0L, cache: [$class: 'CacheOverride', type: 'NO_CACHE'])
                codeBuild 'web'
                """);
        assertFalse(JenkinsRule.getLog(run).contains(SECRET));
        assertEquals(5, local.aws().codeBuild().builds().size());
    }
}
