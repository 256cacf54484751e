package io.jenkins.plugins.awscicd.engine.beanstalk.bluegreen;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.access.call.AwsFault;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import io.jenkins.plugins.awscicd.engine.beanstalk.Sides;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.ApplicationEnvironments;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.Event;
import io.jenkins.plugins.awscicd.engine.beanstalk.environment.EventReader;
import io.jenkins.plugins.awscicd.engine.beanstalk.journal.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateEnvironmentRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateEnvironmentResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;
import software.amazon.awssdk.services.elasticbeanstalk.model.Tag;

/**
 * Makes an environment like another one, with a version of its own, exactly once. AWS has no call for it: its settings are saved as a
 * configuration template, of which the new one is made
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_CreateEnvironment.html">CreateEnvironment</a>). The name is
 * chosen and kept before, and a mark in the description says that the environment of that name is this one.
 */
record GreenClone(@NonNull Step step) {

    static final String ACTION = "elasticbeanstalk:CreateEnvironment";

    private static final String NAME = "cloneName";
    private static final String MARK = "cloneMark";
    private static final String TEMPLATE = "cloneTemplate";
    private static final String SWEEP = "elasticbeanstalk:DescribeApplications (or"
            + " elasticbeanstalk:DescribeConfigurationSettings, elasticbeanstalk:DeleteConfigurationTemplate)";
    private static final String DELETE_TEMPLATE = "elasticbeanstalk:DeleteConfigurationTemplate";

    private static final String TEMPLATE_NAME = "jenkins-";
    private static final String TEMPLATE_DESCRIBED = "To clone ";
    private static final Pattern LEFT_BEHIND =
            Pattern.compile(TEMPLATE_NAME + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Duration LEFT_AFTER = Duration.ofHours(1);

    private static final int LONGEST_NAME = 40;
    private static final int SUFFIX = 4;
    /** What {@link #name} puts at the end. */
    private static final Pattern SUFFIXED = Pattern.compile("(.{3,})-[0-9a-f]{4}");

    private static String base(EnvironmentSnapshot blue, @CheckForNull String given) {
        if (given != null) {
            return given;
        }
        var suffixed = SUFFIXED.matcher(blue.name());
        return blue.cloned() && suffixed.matches() ? suffixed.group(1) : blue.name();
    }

    /** What it is called: chosen once. The step's token makes the name and the mark its own. */
    @NonNull
    String choose(@NonNull EnvironmentSnapshot blue) {
        if (name().isEmpty()) {
            String base = base(blue, step.request().text("environment"));
            String mark = UUID.nameUUIDFromBytes(step.token().token().getBytes(StandardCharsets.UTF_8))
                    .toString();
            String cut = base.substring(0, Math.min(base.length(), LONGEST_NAME - SUFFIX - 1));
            step.journal().write(Map.of(NAME, cut + "-" + mark.substring(0, SUFFIX), MARK, mark));
        }
        return name();
    }

    private String kept(String mark) {
        return step.journal().get(mark);
    }

    /** Empty until it is chosen. */
    @NonNull
    String name() {
        return kept(NAME);
    }

    private String description() {
        return EnvironmentSnapshot.CLONE + kept(MARK);
    }

    /** Whether it is made already. */
    boolean isThere(@NonNull ApplicationEnvironments all) {
        return !name().isEmpty() && all.find(name()) != null;
    }

    /** The id of the one that is there. Blocks, calls AWS. */
    @NonNull
    String found(@NonNull ApplicationEnvironments all) {
        EnvironmentSnapshot there = Objects.requireNonNull(all.find(name()));
        if (!description().equals(there.description())) {
            throw new IllegalArgumentException("environment: the clone would be called " + name()
                    + ", but another environment has that name; try again");
        }
        if (step.journal().request() == null) {
            EventReader.newest(step.session(), there.id(), Event::creation)
                    .map(Event::requestId)
                    .ifPresent(step.journal()::request);
        }
        deleteTemplate();
        return there.id();
    }

    /**
     * Makes it. Blocks, calls AWS.
     *
     * @param passes run before anything is made, to fail if nothing is to be
     * @param wanted the same before the environment is made
     * @return its id
     */
    @NonNull
    String make(
            @NonNull Sides sides,
            @NonNull EnvironmentSnapshot blue,
            @NonNull String label,
            @NonNull Runnable passes,
            @NonNull Runnable wanted) {
        checkDatabase(blue);
        passes.run();
        step.console().line("Cloning " + sides.blue() + " to " + name() + ", with " + label);
        saveTemplate(sides);
        CreateEnvironmentRequest.Builder create = step.request()
                .forEnvironment()
                .toClone()
                .applicationName(step.application())
                .environmentName(name())
                .description(description())
                .templateName(kept(TEMPLATE))
                .versionLabel(label)
                .tier(it -> it.name("WebServer").type("Standard")) // a worker is not cloned
                .tags(tags(blue));
        wanted.run();
        CreateEnvironmentResponse made;
        try {
            made = step.client().createEnvironment(create.build());
        } catch (ElasticBeanstalkException e) {
            throw step.request().forEnvironment().withoutValues(e);
        }
        step.journal().request(made.responseMetadata().requestId());
        deleteTemplate();
        return made.environmentId();
    }

    /** Its data would stay with the old environment, and be gone with it. */
    private void checkDatabase(EnvironmentSnapshot blue) {
        boolean coupled = step
                .client()
                .describeConfigurationSettings(
                        all -> all.applicationName(step.application()).environmentName(blue.name()))
                .configurationSettings()
                .stream()
                .flatMap(settings -> settings.optionSettings().stream())
                .anyMatch(option -> "aws:rds:dbinstance".equals(option.namespace())
                        && "HasCoupledDatabase".equals(option.optionName())
                        && "true".equals(option.value()));
        if (coupled) {
            throw new IllegalArgumentException("strategy: " + blue.name()
                    + " has its own database, and a clone would start with an empty one; decouple the database from"
                    + " the environment, or name a twin that uses the same one");
        }
    }

    private void saveTemplate(Sides sides) {
        ElasticBeanstalkClient client = step.client();
        String template = TEMPLATE_NAME + kept(MARK);
        step.journal().put(TEMPLATE, template);
        try {
            Instant made = client.createConfigurationTemplate(save -> save.applicationName(step.application())
                            .templateName(template)
                            .environmentId(sides.blueId())
                            .description(TEMPLATE_DESCRIBED + sides.blue()))
                    .dateCreated();
            if (made != null) {
                sweep(client, template, made);
            }
        } catch (ElasticBeanstalkException e) {
            if (!String.valueOf(e.getMessage()).contains("already exists")) {
                throw e;
            } // the answer to an earlier call was lost
        }
    }

    /** Deletes those that a killed controller has left, of whichever run: none is needed for longer than some minutes. */
    private void sweep(ElasticBeanstalkClient client, String ours, Instant now) {
        String application = step.application();
        try {
            client.describeApplications(all -> all.applicationNames(application)).applications().stream()
                    .flatMap(one -> one.configurationTemplates().stream())
                    .filter(name -> LEFT_BEHIND.matcher(name).matches() && !name.equals(ours))
                    .flatMap(name -> client
                            .describeConfigurationSettings(
                                    one -> one.applicationName(application).templateName(name))
                            .configurationSettings()
                            .stream())
                    .filter(one -> String.valueOf(one.description()).startsWith(TEMPLATE_DESCRIBED)
                            && one.dateCreated() != null
                            && one.dateCreated().isBefore(now.minus(LEFT_AFTER)))
                    .forEach(one -> client.deleteConfigurationTemplate(
                            old -> old.applicationName(application).templateName(one.templateName())));
        } catch (ElasticBeanstalkException e) {
            // Nothing of this deployment depends on it: the next one tries again, unless that is not allowed.
            if (AwsFault.of(e) == AwsFault.DENIED) {
                step.console()
                        .line("Saved configurations that earlier deployments may have left in " + application
                                + ", with the variables of environments, cannot be looked for: "
                                + AwsCallException.of(SWEEP, "application '" + application + "'", e)
                                        .getMessage());
            }
        }
    }

    /** Those that AWS gives it come by themselves. */
    private List<Tag> tags(EnvironmentSnapshot blue) {
        return step.client().listTagsForResource(all -> all.resourceArn(blue.arn())).resourceTags().stream()
                .filter(tag -> !tag.key().equals("Name")
                        && !tag.key().startsWith("elasticbeanstalk:")
                        && !tag.key().startsWith("aws:"))
                .toList();
    }

    /** Has the saved configuration deleted if it may be there, as it is not needed any more. */
    @NonNull
    CompletableFuture<?> tidyUp() {
        if (kept(TEMPLATE).isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return step.call(DELETE_TEMPLATE, () -> {
            deleteTemplate();
            return null;
        });
    }

    /** The environment has a copy of it. Blocks, calls AWS. */
    void deleteTemplate() {
        String template = kept(TEMPLATE);
        if (template.isEmpty()) {
            return;
        }
        try {
            step.client()
                    .deleteConfigurationTemplate(
                            delete -> delete.applicationName(step.application()).templateName(template));
        } catch (ElasticBeanstalkException e) {
            if (AwsFault.of(e) != AwsFault.DENIED && AwsFault.of(e) != AwsFault.REJECTED) {
                throw e; // it is tried again
            }
            step.console()
                    .line("The saved configuration " + template + " of " + step.application()
                            + " must be deleted by hand, because it contains the environment's variables: "
                            + AwsCallException.said(e));
        }
        step.journal().put(TEMPLATE, "");
    }
}
