package io.jenkins.plugins.awscicd.engine.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awscicd.engine.beanstalk.BeanstalkRequest;
import io.jenkins.plugins.awscicd.engine.codebuild.BuildRequest;
import io.jenkins.plugins.awscicd.engine.codedeploy.DeploymentRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people write for what is built and deployed, and what they are told before anything is sent. */
class NamesTest {

    private static Map<String, Object> with(Map<String, Object> more, String name, String value) {
        Map<String, Object> all = new LinkedHashMap<>(more);
        if (!value.isEmpty()) {
            all.put(name, value);
        }
        return all;
    }

    private static void assertTold(String name, String told, List<String> problems) {
        assertEquals(told == null ? List.of() : List.of(name + ": " + told), problems);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            project  | arn:aws:codebuild:eu-west-1:123456789012:project/web | 'arn:aws:codebuild:eu-west-1:123456789012:project/web' is an ARN; use the project's name alone: 'web'
            project  | arn:aws:codebuild:eu-west-1:123456789012:build/web:1a2b-3c | 'arn:aws:codebuild:eu-west-1:123456789012:build/web:1a2b-3c' is an ARN; use the project's name alone: 'web'
            project  | https://eu-west-1.console.aws.amazon.com/codesuite/codebuild/123456789012/projects/web/history?region=eu-west-1 | 'https://eu-west-1.console.aws.amazon.com/codesuite/codebuild/123456789012/projects/web/history?…' is the address of a page; use the project's name alone: 'web'
            project  | web:8cb9bbb4-2d37-4a4e-8ac5-0f2bd6e7a1c2 | 'web:8cb9bbb4-2d37-4a4e-8ac5-0f2bd6e7a1c2' is a build; use the name of its project, 'web'
            project  | https://github.com/example/web | 'https://github.com/example/web' is the address of a page; use only the name of the project
            project  | web app | 'web app' must be 2 to 150 letters, digits, - and _
            bucket   | s3://artifacts | 's3://artifacts' is an address in S3; use the bucket's name alone: 'artifacts'
            bucket   | s3://artifacts/web/builds/ | 's3://artifacts/web/builds/' has a path; use the bucket's name alone, 'artifacts', and name 'web/builds' separately (keyPrefix, key)
            bucket   | artifacts/web | 'artifacts/web' has a path; use the bucket's name alone, 'artifacts', and name 'web' separately (keyPrefix, key)
            bucket   | artifacts/ | 'artifacts/' ends with a slash; use the bucket's name alone: 'artifacts'
            bucket   | arn:aws:s3:::artifacts | 'arn:aws:s3:::artifacts' is an ARN; use the bucket's name alone: 'artifacts'
            bucket   | arn:aws:s3:::artifacts/web | 'arn:aws:s3:::artifacts/web' is an ARN; use the bucket's name alone, 'artifacts', and name 'web' separately (keyPrefix, key)
            bucket   | https://artifacts.s3.eu-west-1.amazonaws.com/web.zip | 'https://artifacts.s3.eu-west-1.amazonaws.com/web.zip' is an address; use the bucket's name alone: 'artifacts'
            bucket   | https://s3.console.aws.amazon.com/s3/buckets/artifacts?region=eu-west-1 | 'https://s3.console.aws.amazon.com/s3/buckets/artifacts?…' is the address of a page; use the bucket's name alone: 'artifacts'
            keyPrefix | s3://artifacts/web | 's3://artifacts/web' contains the bucket; name the bucket separately, and use 'web' here
            kmsKey   | sources | 'sources' is not a KMS key; use its ID, its ARN or its alias, such as 'alias/sources'
            kmsKey   | arn:aws:kms:eu-west-1:1234-5678-9012:key/1 | 'arn:aws:kms:eu-west-1:1234-5678-9012:key/1' has an account id with dashes; leave them out: 'arn:aws:kms:eu-west-1:123456789012:key/1'
            kmsKey   | 8cb9bbb4-2d37-4a4e-8ac5-0f2bd6e7a1c2 |
            kmsKey   | alias/sources |
            encryptionKey | artifacts | 'artifacts' is not a KMS key; use its ID, its ARN or its alias, such as 'alias/artifacts'
            serviceRole | arn:aws:iam::1234-5678-9012:role/build | 'arn:aws:iam::1234-5678-9012:role/build' has an account id with dashes; leave them out: 'arn:aws:iam::123456789012:role/build'
            """)
    void ofBuilds(String name, String value, String told) {
        Map<String, Object> workspace = Map.of("project", "web", "source", "workspace", "bucket", "artifacts");
        assertTold(name, told, new BuildRequest(with(workspace, name, value)).problems());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            s3://sources/web.zip | 's3://sources/web.zip' begins with s3://, which CodeBuild does not accept; use 'sources/web.zip'
            sources/web.zip |
            arn:aws:s3:::sources/web.zip |
            """)
    void ofSources(String location, String told) {
        Map<String, Object> source = Map.of("project", "web", "sourceType", "S3");
        assertTold("sourceLocation", told, new BuildRequest(with(source, "sourceLocation", location)).problems());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application     | arn:aws:codedeploy:eu-west-1:123456789012:application:web | 'arn:aws:codedeploy:eu-west-1:123456789012:application:web' is an ARN; use the application's name alone: 'web'
            application     | arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:web/prod | 'arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:web/prod' is an ARN; use application: 'web', deploymentGroup: 'prod'
            deploymentGroup | arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:web/prod | 'arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:web/prod' is an ARN; use application: 'web', deploymentGroup: 'prod'
            deploymentGroup | https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/applications/web/deployment-groups/prod | 'https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/applications/web/deployment-groups/prod' is the address of a page; use application: 'web', deploymentGroup: 'prod'
            application     | https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/applications/web?region=eu-west-1 | 'https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/applications/web?…' is the address of a page; use the application's name alone: 'web'
            deploymentGroup | web/prod | 'web/prod' includes the application; use deploymentGroup: 'prod' with application: 'web'
            deploymentConfig | arn:aws:codedeploy:eu-west-1:123456789012:deploymentconfig:CodeDeployDefault.OneAtATime | 'arn:aws:codedeploy:eu-west-1:123456789012:deploymentconfig:CodeDeployDefault.OneAtATime' is an ARN; use the configuration's name alone: 'CodeDeployDefault.OneAtATime'
            bucket          | s3://artifacts | 's3://artifacts' is an address in S3; use the bucket's name alone: 'artifacts'
            """)
    void ofDeployments(String name, String value, String told) {
        Map<String, Object> workspace =
                Map.of("application", "web", "deploymentGroup", "prod", "revision", "workspace", "bucket", "artifacts");
        assertTold(name, told, new DeploymentRequest(with(workspace, name, value)).problems());
    }

    @Test
    void aGroupBehindItsApplication() {
        assertEquals(
                List.of("application: 'web/prod' includes the deployment group; use application: 'web',"
                        + " deploymentGroup: 'prod'"),
                new DeploymentRequest(Map.of("application", "web/prod", "revision", "s3://artifacts/web.zip"))
                        .problems());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            arn:aws:s3:::artifacts/web.zip | 'arn:aws:s3:::artifacts/web.zip' is an ARN; use 's3://artifacts/web.zip'
            https://artifacts.s3.eu-west-1.amazonaws.com/builds/web.zip?versionId=1 | 'https://artifacts.s3.eu-west-1.amazonaws.com/builds/web.zip?…' is an address; use 's3://artifacts/builds/web.zip'
            https://s3.eu-west-1.amazonaws.com/artifacts/builds/web.zip | 'https://s3.eu-west-1.amazonaws.com/artifacts/builds/web.zip' is an address; use 's3://artifacts/builds/web.zip'
            artifacts/web.zip | 'artifacts/web.zip' is a path; use 's3://artifacts/web.zip' if that is in S3, or 'workspace' with directory
            S3://artifacts/web.zip | 'S3://artifacts/web.zip' is an address in S3 in capitals; use 's3://artifacts/web.zip'
            """)
    void ofRevisions(String revision, String told) {
        Map<String, Object> group = Map.of("application", "web", "deploymentGroup", "prod");
        assertTold("revision", told, new DeploymentRequest(with(group, "revision", revision)).problems());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application | arn:aws:elasticbeanstalk:eu-west-1:123456789012:application/web | 'arn:aws:elasticbeanstalk:eu-west-1:123456789012:application/web' is an ARN; use the application's name alone: 'web'
            application | arn:aws:elasticbeanstalk:eu-west-1:123456789012:environment/web/web-prod | 'arn:aws:elasticbeanstalk:eu-west-1:123456789012:environment/web/web-prod' is an ARN; use application: 'web', environment: 'web-prod'
            environment | arn:aws:elasticbeanstalk:eu-west-1:123456789012:environment/web/web-prod | 'arn:aws:elasticbeanstalk:eu-west-1:123456789012:environment/web/web-prod' is an ARN; use application: 'web', environment: 'web-prod'
            environment | web/web-prod | 'web/web-prod' includes the application; use environment: 'web-prod' with application: 'web'
            environment | web-prod.eu-west-1.elasticbeanstalk.com | 'web-prod.eu-west-1.elasticbeanstalk.com' is the host that the environment answers to; use its name
            environment | http://web-prod.eu-west-1.elasticbeanstalk.com | 'http://web-prod.eu-west-1.elasticbeanstalk.com' is the host that the environment answers to; use its name
            bucket      | s3://artifacts/web | 's3://artifacts/web' has a path; use the bucket's name alone, 'artifacts', and name 'web' separately (keyPrefix, key)
            operationsRole | deployer | 'deployer' is not an ARN; use 'arn:aws:iam::123456789012:role/deployer' with the id of the role's account
            bundle      | arn:aws:s3:::artifacts/web.zip | 'arn:aws:s3:::artifacts/web.zip' is an ARN; use 's3://artifacts/web.zip'
            bundle      | https://artifacts.s3.amazonaws.com/web.zip | 'https://artifacts.s3.amazonaws.com/web.zip' is an address; use 's3://artifacts/web.zip'
            templateName | arn:aws:elasticbeanstalk:eu-west-1:123456789012:configurationtemplate/web/small | 'arn:aws:elasticbeanstalk:eu-west-1:123456789012:configurationtemplate/web/small' is an ARN; use the template's name alone: 'small'
            """)
    void ofEnvironments(String name, String value, String told) {
        Map<String, Object> bundle = new LinkedHashMap<>(
                Map.of("application", "web", "environment", "web-prod", "bundle", "s3://artifacts/web.zip"));
        if (name.equals("bucket")) {
            bundle.put("bundle", ".");
        } else if (name.equals("operationsRole") || name.equals("templateName")) {
            bundle.put("createEnvironment", true);
            bundle.put("templateName", "small");
        }
        assertTold(name, told, new BeanstalkRequest(with(bundle, name, value)).problems());
    }
}
