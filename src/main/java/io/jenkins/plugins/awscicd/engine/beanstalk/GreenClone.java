package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.job.JobConsole;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateEnvironmentRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.CreateEnvironmentResponse;
import software.amazon.awssdk.services.elasticbeanstalk.model.ElasticBeanstalkException;
import software.amazon.awssdk.services.elasticbeanstalk.model.EnvironmentDescription;
import software.amazon.awssdk.services.elasticbeanstalk.model.Tag;

/**
 * Makes an environment like another one, with a version of its own, exactly once. AWS has no call for it: its settings are saved as a
 * configuration template, of which the new one is made
 * (<a href="https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_CreateEnvironment.html">CreateEnvironment</a>). The name is
 * chosen and kept before, and a mark in the description says that the environment of that name is this one.
 */
final class GreenClone {

    static final String ACTION = "elasticbeanstalk:CreateEnvironment";

    private static final String NAME = "cloneName";
    private static final String MARK = "cloneMark";
    private static final String TEMPLATE = "cloneTemplate";
    private static final int LONGEST_NAME = 40;
    private static final int SUFFIX = 4;
    /** What {@link #name} puts at the end. */
    private static final Pattern SUFFIXED = Pattern.compile("(.{3,})-[0-9a-f]{4}");

    private static final String DESCRIBED = "Blue/green clone made by Jenkins, ";

    private final AwsSession session;
    private final BeanstalkRequest request;
    private final Sides sides;
    private final Journal journal;
    private final JobConsole console;

    GreenClone(AwsSession session, BeanstalkRequest request, Sides sides, Journal journal, JobConsole console) {
        this.session = session;
        this.request = request;
        this.sides = sides;
        this.journal = journal;
        this.console = console;
    }

    /** Whether an environment was made by such a step. */
    static boolean isClone(@NonNull EnvironmentDescription one) {
        return one.description() != null && one.description().startsWith(DESCRIBED);
    }

    /** Whether it may have been made already. */
    boolean isNamed() {
        return journal.read().containsKey(NAME);
    }

    /** The clone's id. Run by the lane, and again after a call without an answer: so it looks first each time. */
    @NonNull
    String create(@NonNull String label, @NonNull BooleanSupplier wanted) {
        ApplicationEnvironments all = ApplicationEnvironments.read(session, request.application());
        EnvironmentDescription blue = all.find(sides.blueId());
        if (blue == null) {
            throw new IllegalArgumentException("cname: " + sides.blue() + " was terminated before it was cloned");
        }
        if (!isNamed()) {
            choose(base(blue));
        }
        String id = look(all);
        if (id == null && !wanted.getAsBoolean()) {
            deleteTemplate(session, request.application(), journal);
            throw new CancellationException("Aborted before " + sides.blue() + " was cloned");
        }
        return id == null ? make(blue, label) : id;
    }

    private static String base(EnvironmentDescription blue, @CheckForNull String given) {
        if (given != null) {
            return given;
        }
        var suffixed = SUFFIXED.matcher(blue.environmentName());
        return isClone(blue) && suffixed.matches() ? suffixed.group(1) : blue.environmentName();
    }

    private String base(EnvironmentDescription blue) {
        return base(blue, request.text("environment"));
    }

    private void choose(String base) {
        String mark = UUID.randomUUID().toString();
        String cut = base.substring(0, Math.min(base.length(), LONGEST_NAME - SUFFIX - 1));
        String name = cut + "-" + mark.substring(0, SUFFIX);
        journal.write(Map.of(NAME, name, MARK, mark, TEMPLATE, "jenkins-" + mark));
    }

    private String kept(String mark) {
        return journal.read().getOrDefault(mark, "");
    }

    private String description() {
        return DESCRIBED + kept(MARK);
    }

    /** The environment's id, if it is there. */
    @CheckForNull
    private String look(ApplicationEnvironments all) {
        EnvironmentDescription there = all.find(kept(NAME));
        if (there == null) {
            return null;
        }
        if (!description().equals(there.description())) {
            throw new IllegalArgumentException("environment: the clone was to be called " + kept(NAME)
                    + ", but there is another environment of that name; try again");
        }
        if (!journal.read().containsKey(Marks.REQUEST)) {
            Event start = EventReader.newest(session, there.environmentId(), Event::creation);
            String request = start == null ? null : start.requestId();
            if (request != null) {
                journal.write(Map.of(Marks.REQUEST, request));
            }
        }
        deleteTemplate(session, request.application(), journal);
        return there.environmentId();
    }

    private String make(EnvironmentDescription blue, String label) {
        checkDatabase(blue);
        String name = kept(NAME);
        console.line("Cloning " + sides.blue() + " to " + name + ", with " + label);
        saveTemplate();
        CreateEnvironmentRequest.Builder create = request.forEnvironment()
                .toClone()
                .applicationName(request.application())
                .environmentName(name)
                .description(description())
                .templateName(kept(TEMPLATE))
                .versionLabel(label)
                .tier(blue.tier())
                .tags(tags(blue));
        CreateEnvironmentResponse made;
        try {
            made = EnvironmentService.client(session).createEnvironment(create.build());
        } catch (ElasticBeanstalkException e) {
            throw request.forEnvironment().withoutValues(e);
        }
        journal.write(Map.of(Marks.REQUEST, made.responseMetadata().requestId()));
        deleteTemplate(session, request.application(), journal);
        return made.environmentId();
    }

    /** Its data would stay with the old environment, and be gone with it. */
    private void checkDatabase(EnvironmentDescription blue) {
        boolean coupled = EnvironmentService.client(session)
                .describeConfigurationSettings(
                        all -> all.applicationName(request.application()).environmentName(blue.environmentName()))
                .configurationSettings()
                .stream()
                .flatMap(settings -> settings.optionSettings().stream())
                .anyMatch(option -> "aws:rds:dbinstance".equals(option.namespace())
                        && "HasCoupledDatabase".equals(option.optionName())
                        && "true".equals(option.value()));
        if (coupled) {
            throw new IllegalArgumentException("strategy: " + blue.environmentName()
                    + " has a database of its own, and a clone would begin with an empty one; decouple the database from"
                    + " the environment, or name a twin that uses the same one");
        }
    }

    private void saveTemplate() {
        try {
            EnvironmentService.client(session)
                    .createConfigurationTemplate(save -> save.applicationName(request.application())
                            .templateName(kept(TEMPLATE))
                            .environmentId(sides.blueId())
                            .description("To clone " + sides.blue()));
        } catch (ElasticBeanstalkException e) {
            if (!String.valueOf(e.getMessage()).contains("already exists")) {
                throw e;
            } // the answer to an earlier call was lost
        }
    }

    /** Those that AWS gives it come by themselves. */
    private List<Tag> tags(EnvironmentDescription blue) {
        return EnvironmentService.client(session)
                .listTagsForResource(all -> all.resourceArn(blue.environmentArn()))
                .resourceTags()
                .stream()
                .filter(tag -> !tag.key().equals("Name")
                        && !tag.key().startsWith("elasticbeanstalk:")
                        && !tag.key().startsWith("aws:"))
                .toList();
    }

    /** The environment has a copy of it. What is left of a crash is deleted later. Blocks, calls AWS. */
    static void deleteTemplate(AwsSession session, String application, Journal journal) {
        String template = journal.read().getOrDefault(TEMPLATE, "");
        if (template.isEmpty()) {
            return;
        }
        try {
            ElasticBeanstalkClient client = EnvironmentService.client(session);
            client.deleteConfigurationTemplate(
                    delete -> delete.applicationName(application).templateName(template));
        } catch (ElasticBeanstalkException e) {
            // It is gone already, or stays for somebody to tidy up: no reason to fail a deployment.
        }
        journal.write(Map.of(TEMPLATE, ""));
    }
}
