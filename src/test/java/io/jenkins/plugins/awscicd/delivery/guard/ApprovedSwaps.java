package io.jenkins.plugins.awscicd.delivery.guard;

import io.jenkins.plugins.awscicd.delivery.approval.ApprovalAction;
import io.jenkins.plugins.awscicd.delivery.approval.ApprovalRecord;
import io.jenkins.plugins.awscicd.localaws.LocalAws;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import io.jenkins.plugins.awscicd.step.LocalAwsExtension;
import io.jenkins.plugins.awscicd.step.approval.Approvers;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jvnet.hudson.test.JenkinsRule;

/** Deployments of web to stage prod that alice approves, and the environments that they are for. */
record ApprovedSwaps(JenkinsRule jenkins, Approvers people) {

    static void environment(LocalAws aws, String name, String prefix) {
        EnvironmentSpec spec = EnvironmentSpec.simulated("web", name)
                .version("v0")
                .cname(prefix)
                .basicHealth();
        spec.simulation().command(LocalAwsExtension.SOON);
        aws.beanstalk().environment(spec);
    }

    static String inPlace(String environment, String version) {
        return "[application: 'web', environment: '" + environment + "', " + version + "]";
    }

    static String turns(String cname, String version) {
        return turns("web-prod", "web-b", cname, version);
    }

    static String turns(String environment, String twin, String cname, String version) {
        return "[application: 'web', environment: '" + environment + "', twin: '" + twin
                + "', strategy: 'blueGreen', cname: '" + cname + "', " + version + "]";
    }

    static String bundle(int number) {
        return "bundle: 's3://artifacts/" + number + ".zip', versionLabel: 'v" + number + "'";
    }

    /** @param questions what alice approves, of which the last one is deployed */
    WorkflowRun approved(String... questions) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script(questions), true));
        return approved(job, questions.length);
    }

    static String script(String... questions) {
        StringBuilder script = new StringBuilder("def how\n");
        for (String question : questions) {
            script.append("how = ")
                    .append(question)
                    .append("\nawsApproval stage: 'prod', what: how, message: 'Ship it?'\n");
        }
        return script + "beanstalkDeploy([stage: 'prod'] + how)";
    }

    WorkflowRun approved(WorkflowJob job, int questions) throws Exception {
        WorkflowRun run = people.start(job);
        for (int i = 0; i < questions; i++) {
            int before = i;
            Approvers.waitUntil(run, () -> !run.isBuilding() || answered(run) == before && isAsking(run));
            people.approve(Approvers.ALICE, run, null);
        }
        return jenkins.waitForCompletion(run);
    }

    private static boolean isAsking(WorkflowRun run) throws Exception {
        InputAction inputs = run.getAction(InputAction.class);
        return inputs != null && inputs.getExecutions().size() == 1;
    }

    private static long answered(WorkflowRun run) {
        ApprovalAction approvals = run.getAction(ApprovalAction.class);
        return approvals == null
                ? 0
                : approvals.getApprovals().stream()
                        .filter(ApprovalRecord::isApproved)
                        .count();
    }
}
