package io.jenkins.plugins.awscicd.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.HyperlinkNote;
import hudson.model.Cause;
import hudson.model.TaskListener;
import io.jenkins.plugins.awscicd.engine.access.AwsConsole;
import io.jenkins.plugins.awscicd.engine.events.AwsEvent;
import software.amazon.awssdk.regions.Region;

/** An event of AWS has started the run. */
public final class AwsEventCause extends Cause {

    private static final int LONGEST = 100;

    private final String kind;
    private final String url;

    AwsEventCause(@NonNull AwsEvent event) {
        String type = event.detailType();
        kind = type.length() > LONGEST ? type.substring(0, LONGEST) : type;
        url = commit(event);
    }

    /** Made of what is a name alone: an event may be made up. Null for other events than pushes. */
    @CheckForNull
    private static String commit(AwsEvent event) {
        String repository = event.detail("repositoryName");
        String commit = event.detail("commitId");
        boolean names = event.source().equals("aws.codecommit")
                && repository != null
                && commit != null
                && repository.matches("[\\w.-]{1,100}")
                && commit.matches("[0-9a-f]{40}")
                && event.region().matches("[a-z]{2}(-[a-z]+)+-\\d");
        return names ? AwsConsole.commit(Region.of(event.region()), repository, commit) : null;
    }

    /** What it is about in AWS's console; null if that is not known. */
    @CheckForNull
    public String getUrl() {
        return url;
    }

    @Override
    public String getShortDescription() {
        return Messages.AwsEventCause_description(kind);
    }

    @Override
    public void print(TaskListener listener) {
        super.print(listener);
        if (url != null) {
            listener.getLogger().println("[AWS] " + HyperlinkNote.encodeTo(url, url));
        }
    }
}
