package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;

/** Operations that change environments. */
final class EnvironmentOperations {

    private EnvironmentOperations() {}

    static void addTo(BeanstalkApi api) {
        api.traced("CreateEnvironment", EnvironmentOperations::create)
                .traced("UpdateEnvironment", EnvironmentOperations::update)
                .traced("AbortEnvironmentUpdate", (beanstalk, input, requestId) -> {
                    beanstalk.life().abort(beanstalk.environments().of(input), requestId);
                    return null;
                })
                .traced("TerminateEnvironment", EnvironmentOperations::terminate)
                .traced("RebuildEnvironment", (beanstalk, input, requestId) -> {
                    beanstalk.life().rebuild(beanstalk.environments().of(input), requestId);
                    return null;
                })
                .traced("RestartAppServer", (beanstalk, input, requestId) -> {
                    beanstalk.life().restart(beanstalk.environments().of(input), requestId);
                    return null;
                })
                .traced("SwapEnvironmentCNAMEs", EnvironmentOperations::swap)
                .operation("CheckDNSAvailability", EnvironmentOperations::checkDns);
    }

    private static Xml.Content create(Beanstalk beanstalk, QueryInput input, String requestId) throws AwsError {
        Application application = beanstalk.applications().get(Refusal.applicationName(input));
        String name = Refusal.required(input, "EnvironmentName", 4, 40);
        String description = Refusal.description(input);
        String prefix = Refusal.text(input, "CNAMEPrefix", 4, 63);
        String label = Refusal.text(input, "VersionLabel", 1, 100);
        Version version = label == null ? application.sample() : application.version(label);
        String role = operationsRole(beanstalk, input);
        if (input.text("TemplateName") != null && input.text("SolutionStackName") != null) {
            throw Refusal.combination("You cannot specify both TemplateName and SolutionStackName.");
        }
        String tierVersion = input.text("Tier.Version");
        if (tierVersion != null && tierVersion.isBlank()) {
            throw Refusal.value("The tier version '" + tierVersion + "' is not known.");
        }
        Platform platform = platform(beanstalk, application, input, null);
        Options options = options(application, input, new Options());
        Environment environment = beanstalk.newEnvironment(application, name, prefix);
        environment.version(version);
        environment.platform(platform);
        environment.options(options);
        environment.description(description);
        environment.templateName(input.text("TemplateName"));
        environment.operationsRole(role);
        environment.tier(input.text("Tier.Name", "WebServer"));
        ApplicationOperations.tag(environment.tags(), input);
        environment.work(beanstalk.work(environment));
        int instances = Math.max(1, options.number("aws:autoscaling:asg", "MinSize", 1));
        beanstalk.life().create(environment, instances, beanstalk.storageLocation(), requestId);
        return description(beanstalk, environment);
    }

    /** Nothing is known here of roles but how they are called. */
    private static String operationsRole(Beanstalk beanstalk, QueryInput input) throws AwsError {
        String role = Refusal.text(input, "OperationsRole", 1, 256);
        String account = beanstalk.place().account();
        if (role != null && !role.matches("arn:aws[a-z-]*:iam::" + account + ":role/.+")) {
            throw Refusal.value("The operations role '" + role + "' is no IAM role of the account " + account + ".");
        }
        return role;
    }

    /** @param otherwise {@code null} if the request has to say it */
    static Platform platform(Beanstalk beanstalk, QueryInput input, Platform otherwise) throws AwsError {
        String stack = input.text("SolutionStackName");
        String arn = input.text("PlatformArn");
        if (stack != null && arn != null) {
            throw Refusal.combination("You cannot specify both SolutionStackName and PlatformArn.");
        }
        if (stack != null) {
            return Platform.ofStack(stack);
        }
        if (arn != null) {
            return Platform.ofArn(arn, beanstalk.place());
        }
        if (otherwise == null) {
            throw Refusal.missing("A solution stack name, a platform ARN or a template name must be specified.");
        }
        return otherwise;
    }

    /** @param otherwise when the request says none; {@code null} if it has to, or its template */
    private static Platform platform(Beanstalk beanstalk, Application application, QueryInput input, Platform otherwise)
            throws AwsError {
        String template = input.text("TemplateName");
        return platform(
                beanstalk,
                input,
                template == null ? otherwise : application.template(template).platform());
    }

    /** Those of the template, and over them those of the request. */
    private static Options options(Application application, QueryInput input, Options before) throws AwsError {
        Options options = before.copy();
        String template = input.text("TemplateName");
        if (template != null) {
            options.putAll(application.template(template).options());
        }
        options.change(input);
        ConfigurationOperations.check(options);
        return options;
    }

    private static Xml.Content update(Beanstalk beanstalk, QueryInput input, String requestId) throws AwsError {
        Environment environment = beanstalk.environments().of(input);
        Application application = environment.application();
        String given = Refusal.text(input, "ApplicationName", 1, 100);
        if (given != null && !given.equals(application.name())) {
            throw Refusal.noApplication(given);
        }
        String description = Refusal.description(input);
        String label = Refusal.text(input, "VersionLabel", 1, 100);
        Version version = label == null ? null : application.version(label);
        if (version != null && version.status() == Version.Status.FAILED) {
            throw Refusal.value("Application Version " + label + " is in an invalid state: it could not be processed.");
        }
        Platform platform = platform(beanstalk, application, input, environment.platform());
        Options options = options(application, input, environment.options());
        boolean configures = !options.equals(environment.options()) || !platform.equals(environment.platform());
        if (version != null && configures) {
            throw Refusal.combination("You cannot update both the application version and the configuration settings.");
        }
        beanstalk.life().update(environment, new Change(version, options, platform), requestId);
        if (description != null) {
            environment.description(description);
        }
        if (input.text("TemplateName") != null) {
            environment.templateName(input.text("TemplateName"));
        }
        return xml -> EnvironmentDescriptions.write(xml, environment, environment.status(), beanstalk.place());
    }

    private static Xml.Content terminate(Beanstalk beanstalk, QueryInput input, String requestId) throws AwsError {
        Environment environment = beanstalk.environments().of(input);
        boolean force = Boolean.parseBoolean(input.text("ForceTerminate"));
        beanstalk.life().terminate(environment, force, requestId);
        return description(beanstalk, environment);
    }

    private static Xml.Content swap(Beanstalk beanstalk, QueryInput input, String requestId) throws AwsError {
        Environment source =
                beanstalk.environments().of(input.text("SourceEnvironmentId"), input.text("SourceEnvironmentName"));
        Environment destination = beanstalk
                .environments()
                .of(input.text("DestinationEnvironmentId"), input.text("DestinationEnvironmentName"));
        if (source == destination) {
            throw Refusal.combination("The source and destination environments are the same.");
        }
        beanstalk.life().swap(source, destination, requestId);
        return null;
    }

    private static Xml.Content checkDns(Beanstalk beanstalk, QueryInput input) throws AwsError {
        String cname = beanstalk.cname(Refusal.required(input, "CNAMEPrefix", 4, 63));
        boolean available = beanstalk.available(cname);
        return xml -> xml.text("Available", available).text("FullyQualifiedCNAME", cname);
    }

    private static Xml.Content description(Beanstalk beanstalk, Environment environment) {
        return xml -> EnvironmentDescriptions.write(xml, environment, beanstalk.place());
    }
}
