package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Operations that fetch the logs of instances. */
final class InfoOperations {

    private static final Duration VALID = Duration.ofDays(1);

    private InfoOperations() {}

    static void addTo(BeanstalkApi api) {
        api.traced("RequestEnvironmentInfo", InfoOperations::request)
                .operation("RetrieveEnvironmentInfo", InfoOperations::retrieve);
    }

    private static String type(QueryInput input) throws AwsError {
        String type = input.required("InfoType");
        if (!List.of("tail", "bundle", "analyze").contains(type)) {
            throw AwsError.badRequest(
                    "ValidationError",
                    "1 validation error detected: Value '" + type
                            + "' at 'infoType' failed to satisfy constraint: Member must satisfy enum value set:"
                            + " [tail, bundle, analyze]");
        }
        if (!type.equals("tail")) {
            throw Refusal.value("Local AWS only offers the end of logs: InfoType tail.");
        }
        return type;
    }

    private static Xml.Content request(Beanstalk beanstalk, QueryInput input, String requestId) throws AwsError {
        Environment environment = beanstalk.environments().of(input);
        String type = type(input);
        Operation operation = new Operation(environment, requestId, beanstalk.timeline(), beanstalk.events());
        operation.info("requestEnvironmentInfo is starting.");
        operation.after(beanstalk.timing().pulling(), () -> {
            for (Instance instance : environment.instances()) {
                environment.infos().put(instance.id(), pull(beanstalk, environment, instance, type));
                operation.info("[Instance: " + instance.id() + "] Successfully finished tailing 1 log(s)");
            }
            operation.info("Pulled logs for environment instances.");
        });
        return null;
    }

    private static EnvironmentInfo pull(Beanstalk beanstalk, Environment environment, Instance instance, String type) {
        Instant now = beanstalk.timeline().now();
        String bucket = beanstalk.storageLocation();
        String key = "resources/environments/logs/" + type + "/" + environment.id() + "/" + instance.id() + "/TailLogs-"
                + now.toEpochMilli() + ".out";
        String log = environment.work().log(instance);
        beanstalk.s3().put(bucket, key, log.getBytes(StandardCharsets.UTF_8));
        String url = beanstalk.endpoint() + "/" + bucket + "/" + key + "?AWSAccessKeyId=AKIAELASTICBEANSTALK&Expires="
                + now.plus(VALID).getEpochSecond() + "&Signature=local";
        return new EnvironmentInfo(type, instance.id(), now, url);
    }

    private static Xml.Content retrieve(Beanstalk beanstalk, QueryInput input) throws AwsError {
        Environment environment = beanstalk.environments().of(input);
        type(input);
        List<EnvironmentInfo> infos = List.copyOf(environment.infos().values());
        return xml -> Shapes.list(
                xml,
                "EnvironmentInfo",
                infos,
                (info, member) -> member.text("InfoType", info.type())
                        .text("Ec2InstanceId", info.instanceId())
                        .text("SampleTimestamp", Shapes.time(info.sampled()))
                        .text("Message", info.url()));
    }
}
