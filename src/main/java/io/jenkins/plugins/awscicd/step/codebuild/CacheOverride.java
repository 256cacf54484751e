package io.jenkins.plugins.awscicd.step.codebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.awscicd.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** What the build keeps for later ones, instead of what the project says (<a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectCache.html">ProjectCache</a>). */
public final class CacheOverride extends Place<CacheOverride> {

    @DataBoundConstructor
    public CacheOverride() {
        // everything is optional
    }

    /** Of a local cache, separated by commas: {@code LOCAL_SOURCE_CACHE}, {@code LOCAL_DOCKER_LAYER_CACHE}, {@code LOCAL_CUSTOM_CACHE}. */
    @CheckForNull
    public String getModes() {
        return text("modes");
    }

    @DataBoundSetter
    public void setModes(@CheckForNull String modes) {
        set("modes", modes);
    }

    /** Whose cache it is: projects that name the same share it. */
    @CheckForNull
    public String getCacheNamespace() {
        return text("cacheNamespace");
    }

    @DataBoundSetter
    public void setCacheNamespace(@CheckForNull String cacheNamespace) {
        set("cacheNamespace", cacheNamespace);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<CacheOverride> {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CacheOverride_displayName();
        }
    }
}
