package io.jenkins.plugins.awscicd.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.ItemGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Stages of a folder, for the jobs in it: new ones, and more of those that folders above and the configuration page have. */
public final class FolderStages extends AbstractFolderProperty<AbstractFolder<?>> {

    private List<Stage> stages = new ArrayList<>();

    @DataBoundConstructor
    public FolderStages() {
        // set by the form
    }

    /** Without what is none: whoever configures the folder may write its file, and the stages of all folders are looked at. */
    @NonNull
    public List<Stage> getStages() {
        List<Stage> kept = stages;
        return kept == null ? List.of() : kept.stream().filter(Objects::nonNull).toList();
    }

    @DataBoundSetter
    public void setStages(@CheckForNull List<Stage> stages) {
        List<Stage> given = stages == null ? List.of() : stages;
        Stage.check(given, true);
        this.stages = new ArrayList<>(given);
    }

    @Extension(optional = true)
    @Symbol("awsCicdStages")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.FolderStages_displayName();
        }
    }

    /** Finds them. */
    @Extension(optional = true)
    public static final class Source implements StageSource {

        @Override
        @NonNull
        public List<Stage> in(@NonNull ItemGroup<?> folder) {
            FolderStages property = folder instanceof AbstractFolder<?> known
                    ? known.getProperties().get(FolderStages.class)
                    : null;
            return property == null ? List.of() : property.getStages();
        }
    }
}
