package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import java.util.List;

/**
 * What environments run on. There are these few.
 *
 * @param branch such as {@code Corretto 17 running on 64bit Amazon Linux 2023}
 */
record Platform(String stack, String branch, String version) {

    static final List<Platform> ALL = List.of(
            of("Corretto 17", "4.5.1"),
            of("Corretto 21", "4.5.1"),
            of("Tomcat 10 Corretto 17", "5.6.1"),
            of("Node.js 22", "6.5.1"),
            of("Python 3.12", "4.5.1"),
            of("Docker", "4.5.1"));

    private static Platform of(String product, String version) {
        return new Platform(
                "64bit Amazon Linux 2023 v" + version + " running " + product,
                product + " running on 64bit Amazon Linux 2023",
                version);
    }

    String arn(Place place) {
        return "arn:" + place.partition() + ":elasticbeanstalk:" + place.region() + "::platform/" + branch + "/"
                + version;
    }

    static Platform ofStack(String name) throws AwsError {
        return ALL.stream()
                .filter(one -> one.stack.equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.value("No Solution Stack named '" + name + "' found."));
    }

    static Platform ofArn(String arn, Place place) throws AwsError {
        return ALL.stream()
                .filter(one -> one.arn(place).equals(arn))
                .findFirst()
                .orElseThrow(() -> Refusal.value("No Platform named '" + arn + "' found."));
    }
}
