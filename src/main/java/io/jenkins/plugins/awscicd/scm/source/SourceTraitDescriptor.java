package io.jenkins.plugins.awscicd.scm.source;

import edu.umd.cs.findbugs.annotations.NonNull;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.trait.SCMBuilder;
import jenkins.scm.api.trait.SCMSourceContext;
import jenkins.scm.api.trait.SCMSourceTraitDescriptor;

/** What belongs to sources of CodeCommit alone. */
abstract class SourceTraitDescriptor extends SCMSourceTraitDescriptor {

    @Override
    @NonNull
    public final Class<? extends SCMBuilder> getBuilderClass() {
        return CodeCommitSCMBuilder.class;
    }

    @Override
    @NonNull
    public final Class<? extends SCMSourceContext> getContextClass() {
        return CodeCommitSCMSourceContext.class;
    }

    @Override
    @NonNull
    public final Class<? extends SCMSource> getSourceClass() {
        return CodeCommitSCMSource.class;
    }
}
