package io.jenkins.plugins.awscicd.engine.codecommit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** What git shows CodeCommit, and to whom else it does not. */
class GitPasswordTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:08:07.654Z");
    private static final String AT_AWS = "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web";

    /** The passwords are those that {@code aws codecommit credential-helper} has made at that time. */
    @ParameterizedTest
    @CsvSource({
        "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web, eu-west-1,"
                + " wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY,"
                + " 488cc76163e097beaa30de27d546b2aedecfa30d25b550dcf3f16214cf282875",
        "https://git-codecommit.cn-north-1.amazonaws.com.cn/v1/repos/my.app_1, cn-north-1, another/secret+1,"
                + " c6461f9a5d992d298a30f85f5a1186679c6f30a5d26b0b0751f721d383a9f180",
        "https://git-codecommit-fips.us-gov-west-1.amazonaws.com/v1/repos/a-b, us-gov-west-1, s,"
                + " b8c6ffa01293ddf02de52cf64ad6264b4830a32d5496b02ed4185f54f6269f05",
        "https://vpce-0a1b-2c3d.git-codecommit.us-east-1.vpce.amazonaws.com/v1/repos/web, us-east-1, s,"
                + " e26de39d13bc806262530bd67dbfb09f26ff56c30f9fbf7c74505fe8a2bdb15a",
    })
    void isThatOfTheAwsCli(String url, String region, String secret, String signature) {
        GitRepository repository = GitRepository.at(url, null, null).orElseThrow();
        assertEquals(region, repository.region());
        GitPassword password = GitPassword.of(repository, AwsBasicCredentials.create("AKIDEXAMPLE", secret), NOW);
        assertEquals(new GitPassword("AKIDEXAMPLE", "20260301T090807Z" + signature), password);
    }

    @Test
    void aSessionsTokenIsPartOfTheUser() {
        GitRepository repository = GitRepository.at(AT_AWS, null, null).orElseThrow();
        GitPassword password =
                GitPassword.of(repository, AwsSessionCredentials.create("ASIAEXAMPLE", "s", "IQoJ/to%ken=="), NOW);
        assertEquals("ASIAEXAMPLE%IQoJ/to%ken==", password.user());
        assertFalse(password.toString().contains("IQoJ"), password.toString());
        assertFalse(password.toString().contains("20260301"), password.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web",
                "https://git-codecommit.eu-west-1.amazonaws.com.evil.example/v1/repos/web",
                "https://evil.example/git-codecommit.eu-west-1.amazonaws.com/v1/repos/web",
                "https://git-codecommit.eu-west-1.amazonaws.com@evil.example/v1/repos/web",
                "https://user:word@git-codecommit.eu-west-1.amazonaws.com/v1/repos/web",
                "https://git-codecommit.eu-west-1.amazonaws.com:8443/v1/repos/web",
                "https://evil.example/v1/repos/web",
                "https://git-codecommit.s3.amazonaws.com/v1/repos/web",
                "https://git-codecommit.s3-eu-west-1.amazonaws.com/v1/repos/web",
                "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web/../other",
                "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web?x",
                "ssh://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web",
                "git@git-codecommit.eu-west-1.amazonaws.com:v1/repos/web",
                "codecommit::eu-west-1://web",
                "http://127.0.0.1:4566/v1/repos/web",
                "not a url",
                "",
            })
    void nobodyElseIsGivenOne(String url) {
        assertEquals(Optional.empty(), GitRepository.at(url, null, null));
        assertEquals(Optional.empty(), GitRepository.at(url, URI.create("http://127.0.0.1:4567"), "eu-west-1"));
    }

    @Test
    void anEndpointOfAnAdministratorHasRepositoriesToo() {
        GitRepository repository = GitRepository.at(
                        "http://127.0.0.1:4566/v1/repos/web", URI.create("http://127.0.0.1:4566"), "eu-west-1")
                .orElseThrow();
        assertEquals(new GitRepository("127.0.0.1", "/v1/repos/web", "eu-west-1"), repository);
        assertEquals(
                "eu-central-1",
                GitRepository.at(
                                "https://git-codecommit.eu-central-1.amazonaws.com/v1/repos/web",
                                URI.create("http://127.0.0.1:4566"),
                                "eu-west-1")
                        .orElseThrow()
                        .region());
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-1, https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web",
        "us-gov-west-1, https://git-codecommit.us-gov-west-1.amazonaws.com/v1/repos/web",
        "cn-north-1, https://git-codecommit.cn-north-1.amazonaws.com.cn/v1/repos/web",
    })
    void anAddressIsThatOfItsRegion(String region, String url) {
        assertEquals(url, GitRepository.url(region, "web", null));
        GitRepository repository = GitRepository.at(url, null, null).orElseThrow();
        assertEquals(region, repository.region());
        assertEquals("web", repository.name());
        assertEquals("http://127.0.0.1:4566/v1/repos/web", GitRepository.url(region, "web", "http://127.0.0.1:4566/"));
    }
}
