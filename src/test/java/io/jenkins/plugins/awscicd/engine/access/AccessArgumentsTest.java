package io.jenkins.plugins.awscicd.engine.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

/** What people write for who they are to AWS, and what they are told before anything is sent. */
class AccessArgumentsTest {

    private static AwsAccess with(String name, String value) {
        return new AwsAccess(
                name.equals("region") ? value : null,
                name.equals("credentialsId") ? value : null,
                name.equals("role") ? value : null,
                name.equals("externalId") ? value : null,
                name.equals("roleSessionName") ? value : null,
                name.equals("endpoint") ? value : null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            region          | eu-west-1a                                         | 'eu-west-1a' is an availability zone; use its region, 'eu-west-1'
            region          | us-gov-east-1b                                     | 'us-gov-east-1b' is an availability zone; use its region, 'us-gov-east-1'
            region          | us-east-1-bos-1a                                   | 'us-east-1-bos-1a' is a zone; use its region, 'us-east-1'
            region          | euw1-az2                                           | 'euw1-az2' is the id of an availability zone; use the name of its region, such as 'eu-west-1'
            region          | EU_WEST_1                                          | 'EU_WEST_1' is not spelled as in AWS; use 'eu-west-1'
            region          | EU-West-1                                          | 'EU-West-1' is not spelled as in AWS; use 'eu-west-1'
            region          | Frankfurt                                          | 'Frankfurt' is the display name of a region; use 'eu-central-1'
            region          | US East (Ohio)                                     | 'US East (Ohio)' is the display name of a region; use 'us-east-2'
            region          | eu-wset-1                                          | 'eu-wset-1' is not a region; did you mean 'eu-west-1'?
            region          | euwest1                                            | 'euwest1' is not a region; did you mean 'eu-west-1'?
            region          | aws-global                                         | 'aws-global' is not a region; use one such as 'eu-west-1'
            region          | production                                         | 'production' is not a region; use one such as 'eu-west-1'
            role            | deployer                                           | 'deployer' is not an ARN; use 'arn:aws:iam::123456789012:role/deployer' with the id of the role's account
            role            | role/deployer                                      | 'role/deployer' is not an ARN; use 'arn:aws:iam::123456789012:role/deployer' with the id of the role's account
            role            | 210987654321:role/ci/deployer                      | '210987654321:role/ci/deployer' is not an ARN; use 'arn:aws:iam::210987654321:role/ci/deployer'
            role            | arn:aws:iam::1234-5678-9012:role/deployer          | 'arn:aws:iam::1234-5678-9012:role/deployer' has an account id with dashes; leave them out: 'arn:aws:iam::123456789012:role/deployer'
            role            | arn:aws:iam::12345678901:role/deployer             | 'arn:aws:iam::12345678901:role/deployer' has an account id that is not 12 digits long; see the id in the top right corner of the AWS console
            role            | arn:aws:sts::123456789012:assumed-role/deployer/me | 'arn:aws:sts::123456789012:assumed-role/deployer/me' is a session of a role; use the role's own ARN, 'arn:aws:iam::123456789012:role/deployer'
            role            | arn:aws:iam::123456789012:instance-profile/web     | 'arn:aws:iam::123456789012:instance-profile/web' is an instance profile; use the ARN of the role in it, such as 'arn:aws:iam::123456789012:role/deployer'
            role            | arn:aws:iam::123456789012:user/deployer            | 'arn:aws:iam::123456789012:user/deployer' is the ARN of a user; use that of a role
            role            | arn:aws:iam:eu-west-1:123456789012:role/deployer   | 'arn:aws:iam:eu-west-1:123456789012:role/deployer' contains a region, but roles have none; use 'arn:aws:iam::123456789012:role/deployer'
            role            | arn:aws:lambda:eu-west-1:123456789012:function:web | 'arn:aws:lambda:eu-west-1:123456789012:function:web' is an ARN of lambda; use that of a role
            role            | https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/deployer?section=permissions | 'https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/deployer?…' is the address of a page; use the role's ARN, such as 'arn:aws:iam::123456789012:role/deployer'
            role            | arn:aws:iam::123456789012:role                     | 'arn:aws:iam::123456789012:role' has no name after role/; use one such as 'arn:aws:iam::123456789012:role/deployer'
            externalId      | a                                                  | 'a' must be 2 to 1224 letters, digits and + = , . @ : / - _
            roleSessionName | web #42                                            | 'web #42' must be 2 to 64 letters, digits and + = , . @ - _
            credentialsId   | AKIAIOSFODNN7EXAMPLE                               | is an access key of AWS, not the id of credentials in Jenkins; add the key to Jenkins as AWS credentials, and name the id that they have there
            credentialsId   | arn:aws:iam::123456789012:role/deployer            | 'arn:aws:iam::123456789012:role/deployer' is an ARN; use the id of credentials in Jenkins, or role
            endpoint        | localhost:4566                                     | 'localhost:4566' has no scheme; use 'http://localhost:4566'
            endpoint        | 127.0.0.1:4566/aws                                 | '127.0.0.1:4566/aws' has no scheme; use 'http://127.0.0.1:4566/aws'
            endpoint        | vpce-0123.example.com                              | 'vpce-0123.example.com' has no scheme; use 'https://vpce-0123.example.com'
            endpoint        | local-aws:4566                                     | 'local-aws:4566' has no scheme; use 'http://local-aws:4566'
            endpoint        | tcp://vpce-0123.example.com                        | 'tcp://vpce-0123.example.com' is not the address of a service; use an http or https URL, such as https://vpce-0123.example.com
            endpoint        | https://vpce-0123.example.com/?a=b                 | 'https://vpce-0123.example.com/?…' has something after its path; leave it out
            """)
    void aMistakeIsNamedWithItsMending(String name, String value, String told) {
        assertEquals(List.of(name + ": " + told), with(name, value).argumentProblems());
    }

    @Test
    void aPasswordInAnEndpointIsNotRepeated() {
        List<String> told = with("endpoint", "https://me:hunter22@example.com").problems();
        assertEquals(
                List.of(
                        "endpoint: 'https://…@example.com' contains a user; leave it out, because credentials are named separately"),
                told);
        assertFalse(told.toString().contains("hunter22"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eu-west-1",
                "us-gov-west-1",
                "us-isob-east-1",
                "eusc-de-east-1",
                "mars-north-1",
                "ap-southeast-9",
                "fips-us-east-1",
                "eu-west-1-fips",
                "me-central-1"
            })
    void aRegionMayBeNewerThanTheSdk(String region) {
        assertEquals(List.of(), with("region", region).problems());
    }

    @Test
    void eachRegionOfTheSdkIsOne() {
        for (Region region : Region.regions()) {
            if (!region.isGlobalRegion()) {
                assertEquals(List.of(), with("region", region.id()).problems());
                assertEquals(1, with("region", region.id() + "a").problems().size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::123456789012:role/deployer",
                "arn:aws-cn:iam::123456789012:role/a/b/deployer",
                "arn:aws-us-gov:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_x@y"
            })
    void theArnOfARoleIsTaken(String role) {
        assertEquals(List.of(), with("role", role).problems());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1/",
                "https://vpce-0123.example.com",
                "http://localhost:4566/a/b",
                "http://[::1]:4566",
                "https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com"
            })
    void anHttpAddressIsTaken(String endpoint) {
        assertEquals(List.of(), with("endpoint", endpoint).problems());
    }
}
