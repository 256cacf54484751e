package io.jenkins.plugins.awscicd.rehearsal.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import groovy.lang.GroovyShell;
import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.cloudformation.stackset.StackSetRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of other plugins become those of this one; all else stays as it is. */
class MigrationTest {

    private static void assertBecomes(String expected, String given) {
        String migrated = Migration.of(given).text();
        assertEquals(expected, migrated);
        new GroovyShell().parse(migrated);
    }

    @Test
    void aBuildOfAProject() {
        assertBecomes("""
                pipeline {
                  stages { stage('Build') { steps {
                    // migrate: credentialsId has to name credentials of the kind AWS Credentials; those of CodeBuild's own kind are not known here
                    codeBuild(project: 'web', region: 'eu-west-1', credentialsId: 'aws')
                  } } }
                }
                """, """
                pipeline {
                  stages { stage('Build') { steps {
                    awsCodeBuild projectName: 'web', credentialsType: 'jenkins', credentialsId: 'aws',
                        region: 'eu-west-1', sourceControlType: 'project', sourceVersion: ''
                  } } }
                }
                """);
    }

    @Test
    void aBuildOfTheWorkspaceWithAllItsOverrides() {
        assertBecomes("""
                def built = codeBuild(
                    project: "web-${env.STAGE}",
                    source: 'workspace',
                    region: 'eu-west-1',
                    directory: 'app',
                    buildspec: 'ci/buildspec.yml',
                    environmentVariables: [STAGE: 'test', TAG: 'v1', HOST: [value: '/web/host', type: 'PARAMETER_STORE']],
                    computeType: 'BUILD_GENERAL1_SMALL',
                    privileged: true,
                    timeoutMinutes: 30,
                    artifacts: [type: 'S3', location: 'artifacts', packaging: 'ZIP', overrideArtifactName: true],
                    cloudWatchLogs: [status: 'ENABLED'],
                    log: 'link')
                """, """
                def built = awsCodeBuild(projectName: "web-${env.STAGE}", credentialsType: 'keys', region: 'eu-west-1',
                    sourceControlType: 'jenkins', sourceVersion: 'main', workspaceSubdir: 'app', // where it is
                    envVariables: '[ { STAGE, test }, { TAG, v1 } ]', envParameters: '[ { HOST, /web/host } ]',
                    buildSpecFile: 'ci/buildspec.yml', computeTypeOverride: 'BUILD_GENERAL1_SMALL',
                    privilegedModeOverride: 'True', buildTimeoutOverride: '30', artifactTypeOverride: 'S3',
                    artifactLocationOverride: 'artifacts', artifactPackagingOverride: 'ZIP', overrideArtifactName: 'true',
                    cloudWatchLogsStatusOverride: 'ENABLED', cwlStreamingDisabled: 'true', proxyHost: '', proxyPort: '')
                """);
    }

    @Test
    void linesThatGoOnBehindABackslash() {
        assertBecomes("""
                codeBuild(
                    project: base,
                    region: 'eu-west-1',
                    environmentVariables: [NAME: "${name}", BUCKET: "${base}-output"],
                    cache: [type: 'S3', location: "${base}/cache"])
                echo 'done'
                """, """
                awsCodeBuild \\
                    projectName: base, \\
                    cacheLocationOverride: "${base}/cache", \\
                    cacheTypeOverride: 'S3', region: 'eu-west-1', \\
                    envVariables: "[{NAME, ${name}},{BUCKET, ${base}-output}]"
                echo 'done'
                """);
    }

    @Test
    void keysAreNotCarriedOver() {
        String migrated = Migration.of(
                        "awsCodeBuild(projectName: 'web', awsAccessKey: 'AKIAX', awsSecretKey: 'hunter22')\n")
                .text();
        assertEquals("""
                // migrate: keep access keys in Jenkins, as credentials of the kind AWS Credentials, and name them with credentialsId
                codeBuild(project: 'web')
                """, migrated);
    }

    @Test
    void aDeploymentWithinAccess() {
        assertBecomes("""
                // migrate: the steps of AWS CI/CD do not read withAWS: they get region, credentialsId, role as arguments, or better from a stage; other steps still need it
                withAWS(region: 'eu-west-1', credentials: 'aws', role: 'deployer', roleAccount: '123456789012') {
                    sh 'aws s3 ls' // createDeployment(…) is not one
                    def id = codeDeploy(
                        application: 'web',
                        deploymentGroup: 'prod',
                        revision: [bucket: 'artifacts', key: "web-${VERSION}.zip", type: 'zip'],
                        wait: false,
                        ignoreApplicationStopFailures: true,
                        region: 'eu-west-1',
                        credentialsId: 'aws',
                        role: 'arn:aws:iam::123456789012:role/deployer')
                    // migrate: codeDeploy without wait: false waits itself; this is needed only if something comes in between
                    codeDeploy(
                        watch: id,
                        region: 'eu-west-1',
                        credentialsId: 'aws',
                        role: 'arn:aws:iam::123456789012:role/deployer')
                }
                """, """
                withAWS(region: 'eu-west-1', credentials: 'aws', role: 'deployer', roleAccount: '123456789012') {
                    sh 'aws s3 ls' // createDeployment(…) is not one
                    def id = createDeployment(s3Bucket: 'artifacts', s3Key: "web-${VERSION}.zip", s3BundleType: 'zip',
                        applicationName: 'web', deploymentGroupName: 'prod', waitForCompletion: 'false',
                        ignoreApplicationStopFailures: 'true')
                    awaitDeploymentCompletion(id)
                }
                """);
    }

    /** Names that only the script knows are put together by the script. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "role: 'deployer', roleAccount: account | \"arn:aws:iam::${account}:role/deployer\"",
                "role: 'deployer', roleAccount: \"${ACCOUNT}\" | \"arn:aws:iam::${ACCOUNT}:role/deployer\"",
                "role: \"web-${STAGE}\", roleAccount: '123456789012' | \"arn:aws:iam::123456789012:role/web-${STAGE}\"",
                "role: names.deployer, roleAccount: env.ACCOUNT | \"arn:aws:iam::${env.ACCOUNT}:role/${names.deployer}\"",
                "role: 'arn:aws:iam::123456789012:role/deployer' | 'arn:aws:iam::123456789012:role/deployer'",
                "role: arn | arn",
            })
    void aRoleWithinAccess(String given, String role) {
        String migrated = Migration.of("withAWS(" + given + ") {\n    cfnDescribe('web')\n}\n")
                .text();
        assertTrue(migrated.contains("cloudFormationOutputs(stack: 'web', role: " + role + ")"), migrated);
        new GroovyShell().parse(migrated);
    }

    @Test
    void aRoleWithoutAnAccountIsToBeAnArn() {
        assertTrue(Migration.of("withAWS(role: 'deployer') {\n    cfnDescribe('web')\n}\n")
                .text()
                .startsWith("""
                        // migrate: role has to be the whole ARN, such as 'arn:aws:iam::123456789012:role/deployer'
                        // migrate: the steps"""));
    }

    @Test
    void anAppSpecOfAGroupThatOnlyTheScriptKnows() {
        assertTrue(Migration.of(
                        "step([$class: 'AWSCodeDeployPublisher', deploymentGroupName: group, deploymentGroupAppspec: true])\n")
                .text()
                .contains("appspec: \"appspec.${group}.yml\""));
    }

    @Test
    void aPostBuildStepOfCodeDeploy() {
        assertBecomes("""
                codeDeploy(
                    application: 'web',
                    deploymentGroup: 'prod',
                    revision: 'workspace',
                    directory: 'dist',
                    bucket: 'artifacts',
                    deploymentConfig: 'CodeDeployDefault.OneAtATime',
                    region: 'eu-west-1',
                    appspec: 'appspec.prod.yml',
                    timeoutMinutes: 15)
                """, """
                step([$class: 'AWSCodeDeployPublisher', applicationName: 'web', awsAccessKey: '', awsSecretKey: '',
                    credentials: 'awsAccessKey', deploymentConfig: 'CodeDeployDefault.OneAtATime', deploymentGroupAppspec: true,
                    deploymentGroupName: 'prod', deploymentMethod: 'deploy', excludes: '', iamRoleArn: '', includes: '**',
                    pollingFreqSec: 15, pollingTimeoutSec: 900, proxyHost: '', proxyPort: 0, region: 'eu-west-1',
                    s3bucket: 'artifacts', s3prefix: '', subdirectory: 'dist', versionFileName: '', waitForCompletion: true])
                """);
    }

    @Test
    void elasticBeanstalk() {
        assertBecomes("""
                // migrate: blue/green needs cname: the public host name
                beanstalkDeploy(
                    application: 'web',
                    environment: 'web-prod',
                    bundle: 'target/web.war',
                    versionLabel: "web-${BUILD_NUMBER}",
                    region: 'eu-west-1',
                    credentialsId: 'aws',
                    strategy: 'blueGreen',
                    timeoutMinutes: 15)
                // migrate: beanstalkDeploy creates the version itself: set bundle: 's3://bucket/key' and versionLabel, and remove this
                ebCreateApplicationVersion(applicationName: 'web', versionLabel: 'v1', s3Bucket: 'b', s3Key: 'k.zip')
                beanstalkDeploy(application: 'web', environment: 'web-test', version: 'v1', createEnvironment: true)
                // migrate: beanstalkDeploy waits for status and health (health, healthMinutes); remove this
                ebWaitOnEnvironmentHealth(applicationName: 'web', environmentName: 'web-test')
                """, """
                step([$class: 'AWSEBDeploymentBuilder', credentialId: 'aws', awsRegion: 'eu-west-1', applicationName: 'web',
                    environmentName: 'web-prod', bucketName: '', keyPrefix: '', versionLabelFormat: "web-${BUILD_NUMBER}",
                    rootObject: 'target/web.war', zeroDowntime: true, checkHealth: true, sleepTime: 30, maxAttempts: 30])
                ebCreateApplicationVersion(applicationName: 'web', versionLabel: 'v1', s3Bucket: 'b', s3Key: 'k.zip')
                ebCreateEnvironment(applicationName: 'web', environmentName: 'web-test', versionLabel: 'v1', updateOnExisting: true)
                ebWaitOnEnvironmentHealth(applicationName: 'web', environmentName: 'web-test')
                """);
    }

    @Test
    void aStackIsUpdated() {
        assertBecomes("""
                // migrate: add capabilities if the template needs any: the step says which
                def outputs = cloudFormationDeploy(
                    stack: "web-${STAGE}",
                    template: "infra/web.yaml",
                    parameters: ['InstanceType=t3.small', "Version=${VERSION}"],
                    parameterFiles: 'infra/test.json',
                    tags: [team: 'web', Stage: "${STAGE}", 'cost:unit': env.UNIT],
                    roleArn: 'arn:aws:iam::123456789012:role/stacks',
                    notificationArns: ['arn:aws:sns:eu-west-1:123456789012:stacks'],
                    rollbackAlarms: ['arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors'],
                    monitoringMinutes: 10,
                    timeoutMinutes: 30,
                    terminationProtection: true,
                    onFailure: 'delete').outputs
                echo outputs.Address
                """, """
                def outputs = cfnUpdate(stack: "web-${STAGE}", file: "${WORKSPACE}/infra/web.yaml",
                    params: ['InstanceType=t3.small', "Version=${VERSION}"], keepParams: ['Size'], paramsFile: 'infra/test.json',
                    tags: ['team=web', "Stage=${STAGE}", 'cost:unit=' + env.UNIT], create: 'true', pollInterval: 1000,
                    roleArn: 'arn:aws:iam::123456789012:role/stacks', timeoutInMinutes: 30, enableTerminationProtection: true,
                    notificationARNs: ['arn:aws:sns:eu-west-1:123456789012:stacks'], rollbackTimeoutInMinutes: 10,
                    rollbackTriggers: ['AWS::CloudWatch::Alarm=arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors'])
                echo outputs.Address
                """);
    }

    @Test
    void whatOfAStackHasNoCounterpartIsSaid() {
        assertBecomes("""
                // migrate: tags has to be a map, such as [team: 'web']; it was left out
                // migrate: tagsFile has no counterpart: write its tags as a map, tags
                // migrate: add capabilities if the template needs any: the step says which
                // migrate: create has no counterpart: a stack that does not exist is created
                // migrate: onFailure: 'keep' also holds for updates
                cloudFormationDeploy(stack: 'web', template: 'previous', parameters: values, onFailure: 'keep')
                // migrate: has no counterpart; keep it, or read the outputs of the stack that exports them, with cloudFormationOutputs
                def exports = cfnExports()
                """, """
                cfnUpdate stack: 'web', params: values, tags: tags, tagsFile: 'tags.json', create: false, onFailure: 'DO_NOTHING'
                def exports = cfnExports()
                """);
    }

    /** The most usual pair is one step, which makes a change set and executes it. */
    @Test
    void aChangeSetThatIsExecutedAtOnce() {
        assertBecomes("""
                // migrate: the steps of AWS CI/CD do not read withAWS: they get region as arguments, or better from a stage; other steps still need it
                withAWS(region: 'eu-west-1') {
                    // migrate: add capabilities if the template needs any: the step says which
                    cloudFormationDeploy(
                        stack: 'web',
                        template: 'https://templates.s3.amazonaws.com/web.yml',
                        region: 'eu-west-1')
                }
                """, """
                withAWS(region: 'eu-west-1') {
                    cfnCreateChangeSet(stack: 'web', changeSet: 'mine', url: 'https://templates.s3.amazonaws.com/web.yml')
                    cfnExecuteChangeSet(
                      stack: 'web',
                      changeSet: 'mine'
                    )
                }
                """);
    }

    @Test
    void aChangeSetThatSomebodyLooksAtFirst() {
        assertBecomes("""
                // migrate: add capabilities if the template needs any: the step says which
                // migrate: the step names the change set itself: keep its result, and pass it as changeSet to the step that executes it
                cloudFormationDeploy(stack: 'web', template: 'web.yml', execute: false)
                input 'Well?'
                // migrate: changeSet has to be the result of the step with execute: false
                def out = cloudFormationDeploy(stack: 'web', changeSet: 'mine').outputs
                """, """
                cfnCreateChangeSet(stack: 'web', changeSet: 'mine', file: 'web.yml')
                input 'Well?'
                def out = cfnExecuteChangeSet(stack: 'web', changeSet: 'mine')
                """);
    }

    @Test
    void otherStepsOfStacks() {
        assertBecomes("""
                cloudFormationDeploy(stack: 'web', template: 'web.yml', validate: true)
                // migrate: name the stack that the template is for, with stack
                cloudFormationDeploy(template: 'other.yml', validate: true)
                // migrate: add capabilities if the template needs any: the step says which
                cloudFormationDeploy(stack: 'web', template: 'web.yml', onFailure: 'delete')
                def bucket = cloudFormationOutputs(stack: 'web').Bucket
                cloudFormationDeploy(stack: 'web', delete: true, retain: ['Bucket'], timeoutMinutes: 10)
                // migrate: cloudFormationStackSet with delete: true also deletes the stacks of the stack set; write it if that is wanted, or keep this
                cfnDeleteStackSet(stackSet: 'baseline')
                """, """
                cfnValidate(file: 'web.yml')
                cfnValidate('other.yml')
                cfnUpdate(stack: 'web', file: 'web.yml')
                def bucket = cfnDescribe('web').Bucket
                cfnDelete(stack: 'web', retainResources: ['Bucket'], pollInterval: 1000, timeoutInMinutes: 10)
                cfnDeleteStackSet(stackSet: 'baseline')
                """);
    }

    @Test
    void aStackSet() {
        assertBecomes("""
                // migrate: add capabilities if the template needs any: the step says which
                // migrate: batchingOptions has no counterpart: AWS goes through the regions one after another by itself
                cloudFormationStackSet(
                    stackSet: 'baseline',
                    template: 'baseline.yaml',
                    administrationRoleArn: admin,
                    failureTolerance: 5,
                    regionOrder: ['eu-west-1', 'eu-central-1'],
                    maxConcurrent: '25%')
                """, """
                cfnUpdateStackSet(stackSet: 'baseline', file: 'baseline.yaml', administratorRoleArn: admin,
                    operationPreferences: [failureToleranceCount: 5, maxConcurrentPercentage: 25, regionOrder: ['eu-west-1', 'eu-central-1']],
                    batchingOptions: [regions: true], pollInterval: 0)
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node { sh 'awsCodeBuild projectName: 1' }\n",
                "// awsCodeBuild(projectName: 'web')\n",
                "echo \"\"\"createDeployment(a: 'b')\"\"\"\n",
                "def awsCodeBuild = load 'x.groovy'\nawsCodeBuild.run('web')\n",
                "withAWS(region: 'eu-west-1') { s3Upload(file: 'a', bucket: 'b') }\n",
                "step([$class: 'JUnitResultArchiver', testResults: '*.xml'])\n"
            })
    void whatIsNoneOfThemStays(String jenkinsfile) {
        assertBecomes(jenkinsfile, jenkinsfile);
    }

    @Test
    void severalInOneLineStayTogether() {
        Migration.Result result =
                Migration.of("ebCreateApplication(applicationName: 'a'); cfnDeleteStackSet(stackSet: 's')\n");
        assertEquals(2, result.left());
        new GroovyShell().parse(result.text());
    }

    /** What is written are arguments that there are. */
    @Test
    void nothingIsWrittenThatTheStepsDoNotKnow() {
        Map<String, List<String>> known = new TreeMap<>(Map.of(
                "codeBuild", BuildRequest.names(),
                "codeDeploy", DeploymentRequest.names(),
                "beanstalkDeploy", BeanstalkRequest.names(),
                "cloudFormationDeploy", StackRequest.names(),
                "cloudFormationOutputs", List.of("stack"),
                "cloudFormationStackSet", StackSetRequest.names()));
        List<String> access =
                List.of("region", "credentialsId", "role", "externalId", "roleSessionName", "endpoint", "log");
        for (String old : List.of(
                "awsCodeBuild",
                "createDeployment",
                "AWSCodeDeployPublisher",
                "AWSEBDeploymentBuilder",
                "ebCreateEnvironment",
                "cfnUpdate",
                "cfnCreateChangeSet",
                "cfnExecuteChangeSet",
                "cfnDelete",
                "cfnDescribe",
                "cfnValidate",
                "cfnUpdateStackSet")) {
            GroovyText.Call call = new GroovyText.Call(old, 0, 0, everything(), List.of());
            Rewriting rewriting = OldSteps.rewrite(call, List.of());
            for (String name : rewriting.arguments().keySet()) {
                assertTrue(
                        known.get(rewriting.step()).contains(name) || access.contains(name),
                        () -> rewriting.step() + " has no " + name);
            }
        }
    }

    private static Map<String, String> everything() {
        Map<String, String> all = new TreeMap<>();
        for (String name : ("projectName credentialsId region sourceVersion sourceTypeOverride sourceLocationOverride"
                        + " gitCloneDepthOverride insecureSslOverride reportBuildStatusOverride workspaceSubdir workspaceIncludes"
                        + " workspaceExcludes buildSpecFile imageOverride computeTypeOverride environmentTypeOverride"
                        + " certificateOverride serviceRoleOverride privilegedModeOverride buildTimeoutOverride"
                        + " artifactTypeOverride cacheTypeOverride cloudWatchLogsStatusOverride s3LogsStatusOverride"
                        + " applicationName deploymentGroupName deploymentConfigName deploymentConfig description s3Bucket s3Key"
                        + " ignoreApplicationStopFailures fileExistsBehavior subdirectory includes excludes s3bucket s3prefix"
                        + " iamRoleArn externalId environmentName rootObject bucketName keyPrefix versionLabelFormat"
                        + " versionDescriptionFormat awsRegion credentialId versionLabel templateName solutionStackName"
                        + " stack stackSet changeSet file params paramsFile roleArn rollbackTimeoutInMinutes timeoutInMinutes"
                        + " notificationARNs enableTerminationProtection retainResources administratorRoleArn executionRoleName")
                .split(" ")) {
            all.put(name, "'1'");
        }
        return all;
    }
}
