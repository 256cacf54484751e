package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.beanstalk.Options.Option;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;

/** Operations on option settings and saved configurations. */
final class ConfigurationOperations {

    private static final Map<Option, List<String>> CHOICES = Map.of(
            new Option(Options.COMMAND, "DeploymentPolicy"),
            List.of("AllAtOnce", "Rolling", "RollingWithAdditionalBatch", "Immutable", "TrafficSplitting"),
            new Option(Options.COMMAND, "BatchSizeType"),
            List.of("Percentage", "Fixed"),
            new Option("aws:elasticbeanstalk:healthreporting:system", "SystemType"),
            List.of("basic", "enhanced"));

    private ConfigurationOperations() {}

    static void addTo(BeanstalkApi api) {
        api.operation("DescribeConfigurationSettings", ConfigurationOperations::settings)
                .operation("DescribeConfigurationOptions", ConfigurationOperations::options)
                .operation("ValidateConfigurationSettings", ConfigurationOperations::validate)
                .operation("CreateConfigurationTemplate", ConfigurationOperations::create)
                .operation("DeleteConfigurationTemplate", ConfigurationOperations::delete);
    }

    /** Refuses values that are not among those that an option can have. */
    static void check(Options options) throws AwsError {
        for (Map.Entry<Option, List<String>> choice : CHOICES.entrySet()) {
            Option option = choice.getKey();
            String value = options.get(option.namespace(), option.name());
            if (!choice.getValue().contains(value)) {
                throw Options.invalid(option.namespace(), option.name(), why(value, choice.getValue()));
            }
        }
    }

    private static String why(String value, List<String> allowed) {
        return "Value '" + value + "' is not valid. Allowed values: " + allowed + ".";
    }

    private static Xml.Content settings(Beanstalk beanstalk, QueryInput input) throws AwsError {
        Application application = beanstalk.applications().get(Refusal.applicationName(input));
        String template = input.text("TemplateName");
        String name = input.text("EnvironmentName");
        if ((template == null) == (name == null)) {
            throw Refusal.combination("Either EnvironmentName or TemplateName must be specified, and not both.");
        }
        if (template != null) {
            Template saved = application.template(template);
            return xml -> Shapes.list(
                    xml,
                    "ConfigurationSettings",
                    List.of(saved),
                    (one, member) -> write(member, application, one, beanstalk));
        }
        Environment environment = beanstalk.environments().of(null, name);
        return xml -> Shapes.list(
                xml, "ConfigurationSettings", List.of(environment), (one, member) -> write(member, one, beanstalk));
    }

    /** ConfigurationSettingsDescription. */
    private static void write(Xml xml, Environment environment, Beanstalk beanstalk) throws XMLStreamException {
        xml.text("SolutionStackName", environment.platform().stack())
                .text("PlatformArn", environment.platform().arn(beanstalk.place()))
                .text("ApplicationName", environment.applicationName())
                .text("Description", environment.description())
                .text("EnvironmentName", environment.name())
                .text("DeploymentStatus", environment.course() instanceof Reconfiguration ? "pending" : "deployed")
                .text("DateCreated", Shapes.time(environment.created()))
                .text("DateUpdated", Shapes.time(environment.updated()));
        environment.options().writeTo(xml);
    }

    private static void write(Xml xml, Application application, Template template, Beanstalk beanstalk)
            throws XMLStreamException {
        members(xml, application, template, beanstalk);
        template.options().writeTo(xml);
    }

    private static void members(Xml xml, Application application, Template template, Beanstalk beanstalk)
            throws XMLStreamException {
        xml.text("SolutionStackName", template.platform().stack())
                .text("PlatformArn", template.platform().arn(beanstalk.place()))
                .text("ApplicationName", application.name())
                .text("TemplateName", template.name())
                .text("Description", template.description())
                .text("DateCreated", Shapes.time(template.created()))
                .text("DateUpdated", Shapes.time(template.created()));
    }

    private static Xml.Content options(Beanstalk beanstalk, QueryInput input) {
        List<QueryInput> asked = input.items("Options.member");
        Map<Option, String> described = new TreeMap<>(Options.DEFAULTS);
        described
                .keySet()
                .removeIf(option -> !asked.isEmpty()
                        && asked.stream()
                                .noneMatch(one -> option.namespace().equals(one.text("Namespace"))
                                        && option.name().equals(one.text("OptionName"))));
        return xml -> Shapes.list(xml, "Options", described.entrySet(), (option, member) -> {
            member.text("Namespace", option.getKey().namespace())
                    .text("Name", option.getKey().name())
                    .text("DefaultValue", option.getValue())
                    .text("ChangeSeverity", "NoInterruption")
                    .text("UserDefined", false)
                    .text("ValueType", "Scalar");
            Shapes.texts(member, "ValueOptions", CHOICES.getOrDefault(option.getKey(), List.of()));
        });
    }

    /** One thing that is wrong with settings. */
    private record Problem(Option option, String message) {}

    private static Xml.Content validate(Beanstalk beanstalk, QueryInput input) throws AwsError {
        beanstalk.applications().get(Refusal.applicationName(input));
        Options given = new Options();
        given.change(input);
        List<Problem> problems = CHOICES.entrySet().stream()
                .filter(choice -> !choice.getValue()
                        .contains(given.get(
                                choice.getKey().namespace(), choice.getKey().name())))
                .map(choice -> new Problem(
                        choice.getKey(),
                        why(
                                given.get(
                                        choice.getKey().namespace(),
                                        choice.getKey().name()),
                                choice.getValue())))
                .toList();
        return xml -> Shapes.list(
                xml,
                "Messages",
                problems,
                (problem, member) -> member.text("Message", problem.message())
                        .text("Severity", "error")
                        .text("Namespace", problem.option().namespace())
                        .text("OptionName", problem.option().name()));
    }

    private static Xml.Content create(Beanstalk beanstalk, QueryInput input) throws AwsError {
        Application application = beanstalk.applications().get(Refusal.applicationName(input));
        String name = Refusal.required(input, "TemplateName", 1, 100);
        String id = input.text("EnvironmentId");
        String source = input.text("SourceConfiguration.TemplateName");
        Options options = new Options();
        Platform platform = null;
        if (id != null) {
            Environment environment = beanstalk.environments().of(id, null);
            options.putAll(environment.options());
            platform = environment.platform();
        } else if (source != null) {
            Template template = beanstalk
                    .applications()
                    .get(input.text("SourceConfiguration.ApplicationName", application.name()))
                    .template(source);
            options.putAll(template.options());
            platform = template.platform();
        }
        platform = EnvironmentOperations.platform(beanstalk, input, platform);
        options.change(input);
        check(options);
        Instant now = beanstalk.timeline().now();
        Template template = new Template(name, Refusal.description(input), platform, options, now);
        if (application.templates().putIfAbsent(name, template) != null) {
            throw Refusal.value("Configuration Template " + name + " already exists.");
        }
        return xml -> members(xml, application, template, beanstalk);
    }

    /** Deleting what does not exist is no error. */
    private static Xml.Content delete(Beanstalk beanstalk, QueryInput input) throws AwsError {
        Application application = beanstalk.applications().get(Refusal.applicationName(input));
        application.templates().remove(Refusal.required(input, "TemplateName", 1, 100));
        return null;
    }
}
