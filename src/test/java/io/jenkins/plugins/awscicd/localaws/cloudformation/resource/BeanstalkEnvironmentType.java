package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import io.jenkins.plugins.awscicd.localaws.beanstalk.Beanstalk;
import io.jenkins.plugins.awscicd.localaws.beanstalk.EnvironmentSpec;
import java.util.Locale;
import java.util.Map;

/** AWS::ElasticBeanstalk::Environment. Its instance is a folder. It is there at once: the stack lets the time pass. */
final class BeanstalkEnvironmentType extends Real {

    private final Beanstalk beanstalk;

    BeanstalkEnvironmentType(Beanstalk beanstalk) {
        super("ApplicationName", "CNAMEPrefix", "EnvironmentName", "SolutionStackName");
        this.beanstalk = beanstalk;
    }

    @Override
    public Made create(ResourceRequest request) throws ResourceFailure {
        String name = request.name("EnvironmentName", 40);
        EnvironmentSpec spec =
                EnvironmentSpec.folders(request.text("ApplicationName"), name).version(request.text("VersionLabel"));
        if (request.text("CNAMEPrefix") != null) {
            spec.cname(request.text("CNAMEPrefix"));
        }
        if (request.text("SolutionStackName") != null) {
            spec.solutionStack(request.text("SolutionStackName"));
        }
        request.properties()
                .path("OptionSettings")
                .forEach(option -> spec.option(
                        option.path("Namespace").asText(),
                        option.path("OptionName").asText(),
                        option.path("Value").asText()));
        call("ElasticBeanstalk", () -> beanstalk.environment(spec));
        return made(request, name);
    }

    private static Made made(ResourceRequest request, String name) {
        String url = name.toLowerCase(Locale.ROOT) + "." + request.place().region() + ".elasticbeanstalk.com";
        return new Made(name, Map.of("EndpointURL", url));
    }

    @Override
    public Made update(ResourceRequest request) {
        return made(request, request.physicalId());
    }

    @Override
    public void delete(ResourceRequest request) throws ResourceFailure {
        call("ElasticBeanstalk", () -> beanstalk.terminate(request.physicalId()));
    }
}
