package io.jenkins.plugins.awscicd.engine.beanstalk.update;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.elasticbeanstalk.model.ConfigurationDeploymentStatus;
import software.amazon.awssdk.services.elasticbeanstalk.model.ConfigurationOptionSetting;
import software.amazon.awssdk.services.elasticbeanstalk.model.ConfigurationSettingsDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeConfigurationSettingsRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;
import software.amazon.awssdk.services.elasticbeanstalk.model.OptionSpecification;
import software.amazon.awssdk.services.elasticbeanstalk.model.UpdateEnvironmentRequest;

/**
 * Whether an environment is as an update would make it
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_DescribeConfigurationSettings.html">DescribeConfigurationSettings</a>):
 * an update that changes nothing would restart the application all the same.
 */
record ConfigurationComparison(@NonNull Step step) {

    private static final String ACTION = "elasticbeanstalk:DescribeConfigurationSettings";

    private static final Set<String> FLAGS = Set.of("true", "false");

    /** False also if that may not be read: then the update is made. Blocks, calls AWS. */
    boolean isAlready(@NonNull String environment, @NonNull UpdateEnvironmentRequest wanted) {
        try {
            ConfigurationSettingsDescription now = settings(all -> all.environmentName(environment));
            if (now == null || !isOn(now, wanted.solutionStackName(), wanted.platformArn())) {
                return false;
            }
            List<ConfigurationOptionSetting> all = new ArrayList<>(wanted.optionSettings());
            if (wanted.templateName() != null) {
                ConfigurationSettingsDescription template = settings(some -> some.templateName(wanted.templateName()));
                if (template == null || !isOn(now, template.solutionStackName(), template.platformArn())) {
                    return false;
                }
                template.optionSettings().stream()
                        .filter(one -> one.value() != null && !isGiven(one, wanted))
                        .forEach(all::add);
            }
            return all.stream().allMatch(one -> has(now, one))
                    && wanted.optionsToRemove().stream().allMatch(one -> hasNot(now, one));
        } catch (ElasticBeanstalkException e) {
            if (AwsFault.of(e) == AwsFault.DENIED || AwsFault.of(e) == AwsFault.REJECTED) {
                step.console()
                        .line("The settings of " + environment
                                + " are sent even if it has them already, as they cannot be"
                                + " read: "
                                + AwsCallException.of(ACTION, "environment '" + environment + "'", e)
                                        .getMessage());
                return false;
            }
            throw e;
        }
    }

    /** The set that holds: beside it AWS may tell one that is on its way, or has failed. */
    @CheckForNull
    private ConfigurationSettingsDescription settings(Consumer<DescribeConfigurationSettingsRequest.Builder> of) {
        DescribeConfigurationSettingsRequest.Builder request =
                DescribeConfigurationSettingsRequest.builder().applicationName(step.application());
        of.accept(request);
        return step.client().describeConfigurationSettings(request.build()).configurationSettings().stream()
                .filter(one -> one.deploymentStatus() == null
                        || one.deploymentStatus() == ConfigurationDeploymentStatus.DEPLOYED)
                .findFirst()
                .orElse(null);
    }

    private static boolean isOn(
            ConfigurationSettingsDescription now, @CheckForNull String stack, @CheckForNull String platform) {
        return (stack == null || stack.equals(now.solutionStackName()))
                && (platform == null || platform.equals(now.platformArn()));
    }

    /** Whether the update says something else of an option than its template does. */
    private static boolean isGiven(ConfigurationOptionSetting option, UpdateEnvironmentRequest wanted) {
        return wanted.optionSettings().stream()
                        .anyMatch(one -> is(option, one.namespace(), one.optionName(), one.resourceName()))
                || wanted.optionsToRemove().stream()
                        .anyMatch(one -> is(option, one.namespace(), one.optionName(), one.resourceName()));
    }

    private static boolean has(ConfigurationSettingsDescription now, ConfigurationOptionSetting wanted) {
        List<ConfigurationOptionSetting> there = now.optionSettings().stream()
                .filter(one -> is(one, wanted.namespace(), wanted.optionName(), wanted.resourceName()))
                .toList();
        return !there.isEmpty() && there.stream().allMatch(one -> same(one.value(), wanted.value()));
    }

    private static boolean hasNot(ConfigurationSettingsDescription now, OptionSpecification removal) {
        return now.optionSettings().stream()
                .filter(one -> is(one, removal.namespace(), removal.optionName(), removal.resourceName()))
                .allMatch(one -> one.value() == null || one.value().isEmpty());
    }

    /** AWS tells the resource of an option also where it was set without one. */
    private static boolean is(
            ConfigurationOptionSetting one, String namespace, String name, @CheckForNull String resource) {
        return Objects.equals(one.namespace(), namespace)
                && Objects.equals(one.optionName(), name)
                && (resource == null || resource.isEmpty() || resource.equals(one.resourceName()));
    }

    /** What is set to {@code True} AWS tells as {@code true}. */
    private static boolean same(@CheckForNull String one, @CheckForNull String other) {
        if (one == null || other == null) {
            return one == null && (other == null || other.isEmpty());
        }
        return one.equals(other) || one.equalsIgnoreCase(other) && FLAGS.contains(one.toLowerCase(Locale.ROOT));
    }
}
