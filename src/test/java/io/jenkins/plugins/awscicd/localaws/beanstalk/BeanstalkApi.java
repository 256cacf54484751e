package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryApi;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.util.function.Function;

/** Elastic Beanstalk on the wire (AWS Elastic Beanstalk API reference). */
public final class BeanstalkApi {

    private static final String VERSION = "2010-12-01";

    /** An operation on the Elastic Beanstalk of the caller's place, whose timeline it holds; so does what it answers. */
    @FunctionalInterface
    interface Operation {
        Xml.Content carryOut(Beanstalk beanstalk, QueryInput input, String requestId) throws AwsError;
    }

    /** An operation that nobody asks for later on. */
    @FunctionalInterface
    interface Untraced {
        Xml.Content carryOut(Beanstalk beanstalk, QueryInput input) throws AwsError;
    }

    private final Function<Place, Beanstalk> places;
    private final QueryApi api = new QueryApi(
                    "ElasticBeanstalk",
                    "elasticbeanstalk",
                    VERSION,
                    "http://elasticbeanstalk.amazonaws.com/docs/" + VERSION + "/")
            .resources(
                    "EnvironmentName",
                    "EnvironmentId",
                    "EnvironmentIds",
                    "SourceEnvironmentName",
                    "VersionLabel",
                    "ApplicationName")
            .unseen((operation, caller, resource) -> Refusal.value("No resource named '" + resource + "' found."));

    private BeanstalkApi(Function<Place, Beanstalk> places) {
        this.places = places;
    }

    public static QueryApi of(Function<Place, Beanstalk> places) {
        BeanstalkApi api = new BeanstalkApi(places);
        ApplicationOperations.addTo(api);
        VersionOperations.addTo(api);
        EnvironmentOperations.addTo(api);
        EnvironmentDescriptions.addTo(api);
        EventOperations.addTo(api);
        HealthOperations.addTo(api);
        ConfigurationOperations.addTo(api);
        PlatformOperations.addTo(api);
        InfoOperations.addTo(api);
        TagOperations.addTo(api);
        return api.api;
    }

    BeanstalkApi operation(String name, Untraced body) {
        return traced(name, (beanstalk, input, requestId) -> body.carryOut(beanstalk, input));
    }

    BeanstalkApi traced(String name, Operation body) {
        api.traced(name, (input, caller, requestId) -> {
            Beanstalk beanstalk = places.apply(caller.place());
            synchronized (beanstalk.timeline()) {
                Xml.Content content = body.carryOut(beanstalk, input, requestId);
                return content == null ? null : guarded(beanstalk, content);
            }
        });
        return this;
    }

    private static Xml.Content guarded(Beanstalk beanstalk, Xml.Content content) {
        return xml -> {
            synchronized (beanstalk.timeline()) {
                content.writeTo(xml);
            }
        };
    }
}
