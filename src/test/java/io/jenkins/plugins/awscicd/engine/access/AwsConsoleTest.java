package io.jenkins.plugins.awscicd.engine.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;

class AwsConsoleTest {

    @ParameterizedTest
    @CsvSource({
        "eu-west-1, https://eu-west-1.console.aws.amazon.com",
        "ap-southeast-5, https://ap-southeast-5.console.aws.amazon.com",
        "cn-north-1, https://cn-north-1.console.amazonaws.cn",
        "us-gov-west-1, https://us-gov-west-1.console.amazonaws-us-gov.com",
        "mars-north-1, https://mars-north-1.console.aws.amazon.com"
    })
    void aBuildsPageIsInItsPartition(String region, String host) {
        assertEquals(
                host + "/codesuite/codebuild/123456789012/projects/web%20app/build/web%3A01-ab/?region=" + region,
                AwsConsole.build(Region.of(region), "123456789012", "web app", "web:01-ab"));
    }
}
