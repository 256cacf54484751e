package io.jenkins.plugins.awscicd.engine.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;

class AccountRegionTest {

    private static AccountRegion at(String region, String endpoint) {
        return AccountRegion.of("123456789012", Region.of(region), endpoint == null ? null : URI.create(endpoint));
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-1, https://vpce-0123-abcd.codedeploy.eu-west-1.vpce.amazonaws.com",
        "eu-west-1, https://CodeDeploy-fips.eu-west-1.amazonaws.com",
        "eu-west-1, https://codebuild.eu-west-1.api.aws",
        "eu-west-1, https://cloudformation.eu-west-1.amazonaws.com",
        "us-east-1, https://cloudformation-fips.us-east-1.amazonaws.com",
        "cn-north-1, https://codedeploy.cn-north-1.amazonaws.com.cn",
        "us-gov-west-1, https://codedeploy.us-gov-west-1.amazonaws.com",
    })
    void endpointsOfAwsAreOneAws(String region, String endpoint) {
        assertEquals(at(region, null), at(region, endpoint));
    }

    @Test
    void whatOnlyAnswersLikeAwsHasAccountsOfItsOwn() {
        assertNotEquals(at("eu-west-1", null), at("eu-west-1", "http://localhost:4566"));
        assertNotEquals(at("eu-west-1", "http://localhost:4567"), at("eu-west-1", "http://localhost:4566"));
        assertNotEquals(at("eu-west-1", null), at("eu-west-1", "https://amazonaws.com.example.org"));
        assertEquals(at("eu-west-1", "http://localhost:4566/"), at("eu-west-1", "http://localhost:4566"));
    }

    /** Anybody may have a name there: a gateway, a balancer, a bucket, an instance, a service of their own behind PrivateLink. */
    @ParameterizedTest
    @CsvSource({
        "https://abc123.execute-api.eu-west-1.amazonaws.com",
        "https://mine-1.eu-west-1.elb.amazonaws.com",
        "https://mine.s3.eu-west-1.amazonaws.com",
        "http://ec2-192-0-2-1.eu-west-1.compute.amazonaws.com",
        "https://vpce-0123-abcd.vpce-svc-0123.eu-west-1.vpce.amazonaws.com",
        "https://codedeploy.execute-api.eu-west-1.amazonaws.com",
        "http://codedeploy.eu-west-1.amazonaws.com",
        "https://codedeploy.eu-west-1.amazonaws.com:8443",
        "https://codedeploy.us-east-1.amazonaws.com",
    })
    void whatAnybodyMayHaveBelowAwsNamesIsNotAws(String endpoint) {
        assertNotEquals(at("eu-west-1", null), at("eu-west-1", endpoint));
    }

    @Test
    void regionsAreApart() {
        assertNotEquals(at("eu-west-1", null), at("eu-central-1", null));
    }
}
