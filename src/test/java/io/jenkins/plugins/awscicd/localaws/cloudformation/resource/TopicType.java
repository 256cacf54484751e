package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import io.jenkins.plugins.awscicd.localaws.sns.Sns;
import java.util.Map;

/** AWS::SNS::Topic. */
final class TopicType extends Real {

    private final Sns sns;

    TopicType(Sns sns) {
        super("TopicName", "FifoTopic");
        this.sns = sns;
    }

    @Override
    public Made create(ResourceRequest request) {
        boolean fifo = "true".equals(request.text("FifoTopic"));
        String name = request.name("TopicName", 256);
        return made(sns.create(fifo && !name.endsWith(".fifo") ? name + ".fifo" : name)
                .arn());
    }

    private static Made made(String arn) {
        return new Made(arn, Map.of("TopicArn", arn, "TopicName", arn.substring(arn.lastIndexOf(':') + 1)));
    }

    @Override
    public Made update(ResourceRequest request) {
        return made(request.physicalId());
    }

    @Override
    public void delete(ResourceRequest request) {
        sns.delete(request.physicalId());
    }
}
