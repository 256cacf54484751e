package io.jenkins.plugins.awscicd.config;

import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import java.time.Duration;

/** Does something when the access of the section AWS CI/CD may have changed, which others have that have none of their own. */
public abstract class GeneralAccessListener extends SaveableListener {

    /** The section is set, and saved, field by field. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    /** Called once or more, on one of the engine's threads. */
    protected abstract void changed();

    @Override
    public final void onChange(Saveable saved, XmlFile file) {
        if (saved instanceof AwsCicdConfiguration) {
            AwsConnections.get().engine().scheduler().schedule(SETTLED, this::changed);
        }
    }
}
