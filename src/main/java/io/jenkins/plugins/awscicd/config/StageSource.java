package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import hudson.model.ItemGroup;
import java.util.List;

/** Where stages are besides on the configuration page: in folders, if Jenkins has them. */
public interface StageSource extends ExtensionPoint {

    /** The stages of this folder itself; empty if it has none, or is none. */
    @NonNull
    List<Stage> in(@NonNull ItemGroup<?> folder);
}
