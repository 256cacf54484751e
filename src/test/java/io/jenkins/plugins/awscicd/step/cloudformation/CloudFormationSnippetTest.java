package io.jenkins.plugins.awscicd.step.cloudformation;

import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import io.jenkins.plugins.awscicd.step.SnippetRoundTrips;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.Test;

@WithSharedJenkins
class CloudFormationSnippetTest extends SnippetRoundTrips {

    /** With everything set, though it would not be taken together. */
    private static final String DEPLOY = "cloudFormationDeploy "
            + "approve: true, "
            + "bucket: 'templates', "
            + "capabilities: 'CAPABILITY_IAM, CAPABILITY_AUTO_EXPAND', "
            + "changeSet: 'planned', "
            + "continueRollback: 'Queue, Reader', "
            + "credentialsId: 'deployer', "
            + "delete: true, "
            + "description: 'a release', "
            + "driftOnly: false, "
            + "endpoint: 'https://vpce-0123.example.com', "
            + "execute: false, "
            + "externalId: 'jenkins', "
            + "importExistingResources: true, "
            + "includeNestedStacks: false, "
            + "keyPrefix: 'web', "
            + "kmsKey: 'alias/templates', "
            + "monitoringMinutes: 5, "
            + "notificationArns: 'arn:aws:sns:eu-west-1:123456789012:stacks', "
            + "onAbort: 'leave', "
            + "onFailure: 'keep', "
            + "parameterFiles: 'infra/prod.json', "
            + "parameters: [Size: 'large', Note: 'a=b'], "
            + "propagate: false, "
            + "recreateFailed: true, "
            + "region: 'eu-west-1', "
            + "resourcesToImport: [[id: 'Data', identifier: [BucketName: 'data'], type: 'AWS::S3::Bucket']], "
            + "retain: 'Data', "
            + "revertDrift: true, "
            + "role: 'arn:aws:iam::123456789012:role/delivery', "
            + "roleArn: 'arn:aws:iam::123456789012:role/stacks', "
            + "roleSessionName: 'web-delivery', "
            + "rollbackAlarms: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors', "
            + "stack: 'web-fleet', "
            + "stackPolicy: 'policy', "
            + "stage: 'prod', "
            + "tags: [team: 'shop'], "
            + "template: 'infra/fleet.yaml', "
            + "terminationProtection: true, "
            + "timeoutMinutes: 45, "
            + "validate: false, "
            + "whenBusy: 'fail'";

    private static final String STACK_SET = "cloudFormationStackSet "
            + "accountFilter: 'INTERSECTION', "
            + "accounts: '123456789012, 210987654321', "
            + "administrationRoleArn: 'arn:aws:iam::123456789012:role/sets', "
            + "approve: true, "
            + "autoDeployment: 'true', "
            + "bucket: 'templates', "
            + "callAs: 'SELF', "
            + "capabilities: 'CAPABILITY_IAM', "
            + "concurrencyMode: 'SOFT_FAILURE_TOLERANCE', "
            + "credentialsId: 'deployer', "
            + "delete: false, "
            + "description: 'baseline', "
            + "endpoint: 'https://vpce-0123.example.com', "
            + "executionRoleName: 'sets', "
            + "externalId: 'jenkins', "
            + "failureTolerance: '10%', "
            + "keyPrefix: 'web', "
            + "kmsKey: 'alias/templates', "
            + "maxConcurrent: '3', "
            + "onAbort: 'leave', "
            + "organizationalUnits: 'ou-ab12-11111111', "
            + "parameterFiles: 'infra/prod.json', "
            + "parameters: [Size: 'large'], "
            + "permissionModel: 'SERVICE_MANAGED', "
            + "propagate: false, "
            + "region: 'eu-west-1', "
            + "regionConcurrency: 'PARALLEL', "
            + "regionOrder: 'us-east-1, eu-west-1', "
            + "regions: 'eu-west-1, us-east-1', "
            + "retainStacks: true, "
            + "role: 'arn:aws:iam::123456789012:role/delivery', "
            + "roleSessionName: 'web-delivery', "
            + "stackSet: 'baseline', "
            + "stage: 'prod', "
            + "tags: [team: 'shop'], "
            + "template: 'infra/all.yaml', "
            + "timeoutMinutes: 45, "
            + "whenBusy: 'fail'";

    @Test
    void everyOptionOfADeployment() throws Exception {
        Step step = parse(DEPLOY);
        assertWhole(step);
        assertRoundTrip(step, DEPLOY);
    }

    @Test
    void everyOptionOfAStackSet() throws Exception {
        Step step = parse(STACK_SET);
        assertWhole(step);
        assertRoundTrip(step, STACK_SET);
    }

    @Test
    void whatIsLeftEmptyIsLeftOut() throws Exception {
        String plain = "cloudFormationDeploy stack: 'web', template: 'web.yaml'";
        assertRoundTrip(parse(plain), plain);
    }

    @Test
    void outputs() throws Exception {
        String alone = "cloudFormationOutputs 'web-fleet'";
        assertRoundTrip(new CloudFormationOutputsStep("web-fleet"), alone);
        String whole =
                "cloudFormationOutputs credentialsId: 'deployer', endpoint: 'https://vpce-0123.example.com', externalId: 'jenkins', region: 'eu-west-1', role: 'arn:aws:iam::123456789012:role/delivery', roleSessionName: 'web-delivery', stack: 'web-fleet', stage: 'prod'";
        assertWhole(parse(whole));
        assertRoundTrip(parse(whole), whole);
    }
}
