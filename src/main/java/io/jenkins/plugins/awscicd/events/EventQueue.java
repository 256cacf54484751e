package io.jenkins.plugins.awscicd.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.config.AwsCicdConfiguration;
import io.jenkins.plugins.awscicd.config.StageAccess;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import io.jenkins.plugins.awscicd.engine.events.EventSetup;
import io.jenkins.plugins.awscicd.engine.events.EventSetup.EventSource;
import io.jenkins.plugins.awscicd.engine.events.QueueAddress;
import io.jenkins.plugins.awscicd.engine.events.QueuePoller;
import io.jenkins.plugins.awscicd.engine.stage.NamePatterns;
import io.jenkins.plugins.awscicd.engine.time.Durations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A queue that is heard, and as whom. */
public final class EventQueue extends AbstractDescribableImpl<EventQueue> {

    private final String queue;
    private StageAccess access;
    /** Names, as text; null for all. */
    private String services;
    /** Patterns of full names, as text; null for all jobs. */
    private String jobs;

    @DataBoundConstructor
    public EventQueue(@CheckForNull String queue) {
        this.queue = Util.fixNull(queue).strip();
    }

    /** URL or ARN. */
    @NonNull
    public String getQueue() {
        return queue;
    }

    /** Null for that of the configuration page. */
    @CheckForNull
    public StageAccess getAccess() {
        return access;
    }

    @DataBoundSetter
    public void setAccess(@CheckForNull StageAccess access) {
        this.access = access == null || access.access().equals(AwsAccess.DEFAULT) ? null : access;
    }

    /** Whose events the queue is to get, for what AWS needs alone; null for all that the plugin knows. */
    @CheckForNull
    public String getServices() {
        return services;
    }

    @DataBoundSetter
    public void setServices(@CheckForNull String services) {
        this.services = Util.fixEmptyAndTrim(services);
    }

    /** Patterns of the jobs that events of it may start; null for all jobs with the trigger. */
    @CheckForNull
    public String getJobs() {
        return jobs;
    }

    @DataBoundSetter
    public void setJobs(@CheckForNull String jobs) {
        this.jobs = Util.fixEmptyAndTrim(jobs);
    }

    /** Whether events of it may start a job. */
    boolean allows(@NonNull String jobName) {
        return NamePatterns.of(jobs).allow(jobName);
    }

    /** @throws IllegalArgumentException if it is none */
    @NonNull
    public QueueAddress address() {
        return QueueAddress.of(queue);
    }

    /** With the region of the queue, if it is named by its ARN or by AWS's own URL. */
    @NonNull
    public AwsAccess whole() {
        AwsAccess whole = AwsCicdConfiguration.get().access(access);
        String region = address().region();
        return region == null ? whole : whole.withRegion(region);
    }

    /** Tells one way to listen from another; it has no secret. */
    @NonNull
    String key() {
        AwsAccess at = whole();
        return String.join(
                " ",
                address().toString(),
                String.valueOf(at.region()),
                String.valueOf(at.credentialsId()),
                String.valueOf(at.role()),
                String.valueOf(at.externalId()),
                String.valueOf(at.endpoint()),
                String.valueOf(jobs));
    }

    /** What is wrong with it, a sentence each. */
    @NonNull
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        try {
            address();
        } catch (IllegalArgumentException e) {
            problems.add("queue: " + e.getMessage());
        }
        try {
            sources(services);
        } catch (IllegalArgumentException e) {
            problems.add("services: " + e.getMessage());
        }
        problems.addAll(access == null ? List.of() : access.access().argumentProblems());
        return problems;
    }

    private static List<EventSource> sources(@CheckForNull String names) {
        List<EventSource> sources = new ArrayList<>();
        for (String name : Util.fixNull(names).split("[,\\s]+")) {
            if (!name.isEmpty()) {
                sources.add(Arrays.stream(EventSource.values())
                        .filter(known -> known.name().equals(name.toUpperCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(Messages.EventQueue_unknownService(
                                name,
                                String.join(
                                        ", ",
                                        Arrays.stream(EventSource.values())
                                                .map(known -> known.name().toLowerCase(Locale.ROOT))
                                                .toList())))));
            }
        }
        return sources.isEmpty() ? List.of(EventSource.values()) : sources;
    }

    @Extension
    @Symbol("eventQueue")
    public static final class DescriptorImpl extends Descriptor<EventQueue> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.EventQueue_displayName();
        }

        @POST
        public FormValidation doCheckQueue(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return checked(() -> QueueAddress.of(Util.fixNull(value)));
        }

        @POST
        public FormValidation doCheckServices(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return checked(() -> sources(value));
        }

        private static FormValidation checked(Runnable check) {
            try {
                check.run();
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /** Sends the queue a message, and waits until it is heard. Of a queue that is saved alone: that one is heard. */
        @POST
        public FormValidation doTestQueue(@QueryParameter String queue) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                QueuePoller poller = QueuePollers.get().find(QueueAddress.of(Util.fixNull(queue)));
                return poller == null
                        ? FormValidation.warning(Messages.EventQueue_saveFirst())
                        : FormValidation.ok(Messages.EventQueue_heard(
                                Durations.inWords(poller.test().join())));
            } catch (CompletionException e) {
                return FormValidation.error(AwsCallException.unwrap(e).getMessage());
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /** What AWS needs so that events come to the queue. AWS is not called. */
        @POST
        public FormValidation doShowSetup(@QueryParameter String queue, @QueryParameter String services) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                EventSetup setup = new EventSetup(QueueAddress.of(Util.fixNull(queue)), sources(services));
                return FormValidation.okWithMarkup(shown(Messages.EventQueue_template(), setup.template())
                        + shown(Messages.EventQueue_commands(), setup.commands())
                        + shown(Messages.EventQueue_permissions(), setup.permissions())
                        + shown(Messages.EventQueue_key(), setup.keyStatement()));
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        private static String shown(String title, String text) {
            return "<p>" + Util.xmlEscape(title) + "</p><pre>" + Util.xmlEscape(text) + "</pre>";
        }
    }
}
