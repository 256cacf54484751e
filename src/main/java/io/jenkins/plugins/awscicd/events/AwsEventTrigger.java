package io.jenkins.plugins.awscicd.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.awscicd.config.AccessForm;
import io.jenkins.plugins.awscicd.engine.events.AwsEvent;
import io.jenkins.plugins.awscicd.engine.events.EventPattern;
import io.jenkins.plugins.awscicd.engine.events.QueueAddress;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Starts a job with each event of AWS that matches a pattern. */
public final class AwsEventTrigger extends Trigger<Job<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(AwsEventTrigger.class.getName());

    private final String pattern;
    /** Null for that of the queue. */
    private String account;
    /** Null for that of the queue. */
    private String region;

    private transient EventPattern parsed;

    /** @throws IllegalArgumentException if it is no pattern */
    @DataBoundConstructor
    public AwsEventTrigger(@CheckForNull String pattern) {
        this.pattern = Util.fixNull(pattern).strip();
        try {
            parsed = EventPattern.of(this.pattern);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Messages.AwsEventTrigger_badPattern(e.getMessage()), e);
        }
    }

    /** An event pattern of EventBridge. */
    @NonNull
    public String getPattern() {
        return pattern;
    }

    /** The account whose events count; null for the one that the queue belongs to. */
    @CheckForNull
    public String getAccount() {
        return account;
    }

    @DataBoundSetter
    public void setAccount(@CheckForNull String account) {
        this.account = Util.fixEmptyAndTrim(account);
    }

    /** The region whose events count; null for that of the queue. */
    @CheckForNull
    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(@CheckForNull String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    boolean matches(@NonNull AwsEvent event, @NonNull QueueAddress from) {
        String wantedRegion = region == null ? from.region() : region;
        return event.account().equals(account == null ? from.account() : account)
                && (wantedRegion == null || event.region().equals(wantedRegion))
                && parsed().matches(event);
    }

    private synchronized EventPattern parsed() {
        if (parsed == null) {
            parsed = EventPattern.of(pattern);
        }
        return parsed;
    }

    /** Null if a job has none. */
    @CheckForNull
    static AwsEventTrigger of(@NonNull Job<?, ?> job) {
        AwsEventTrigger trigger = ParameterizedJobMixIn.getTrigger(job, AwsEventTrigger.class);
        try {
            if (trigger != null) {
                trigger.parsed();
            }
            return trigger;
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "The trigger awsEvents of {0} has a pattern that is none: {1}", new Object[] {
                job.getFullName(), e.getMessage()
            });
            return null;
        }
    }

    @Extension
    @Symbol("awsEvents")
    public static final class DescriptorImpl extends TriggerDescriptor {

        @Override
        public boolean isApplicable(Item item) {
            return item instanceof Job && item instanceof ParameterizedJobMixIn.ParameterizedJob;
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.AwsEventTrigger_displayName();
        }

        @POST
        public FormValidation doCheckPattern(@AncestorInPath Item item, @QueryParameter String value) {
            if (!AccessForm.mayConfigure(item)) {
                return FormValidation.ok();
            }
            try {
                EventPattern.of(Util.fixNull(value).strip());
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
