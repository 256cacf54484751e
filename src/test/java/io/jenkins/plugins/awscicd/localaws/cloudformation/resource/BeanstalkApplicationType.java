package io.jenkins.plugins.awscicd.localaws.cloudformation.resource;

import io.jenkins.plugins.awscicd.localaws.beanstalk.Beanstalk;

/** AWS::ElasticBeanstalk::Application. */
final class BeanstalkApplicationType extends Real {

    private final Beanstalk beanstalk;

    BeanstalkApplicationType(Beanstalk beanstalk) {
        super("ApplicationName");
        this.beanstalk = beanstalk;
    }

    @Override
    public Made create(ResourceRequest request) throws ResourceFailure {
        String name = request.name("ApplicationName", 100);
        call("ElasticBeanstalk", () -> beanstalk.application(name));
        return Made.of(name);
    }

    @Override
    public Made update(ResourceRequest request) {
        return Made.of(request.physicalId());
    }

    @Override
    public void delete(ResourceRequest request) {
        beanstalk.deleteApplication(request.physicalId());
    }
}
