package io.jenkins.plugins.awscicd.scm.source;

import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awscicd.config.AccessForm;
import io.jenkins.plugins.awscicd.scm.CodeCommitCredentials;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.scm.api.trait.SCMSourceTrait;
import jenkins.scm.api.trait.SCMSourceTraitDescriptor;
import jenkins.scm.impl.form.NamedArrayList;
import jenkins.scm.impl.trait.Discovery;
import jenkins.scm.impl.trait.Selection;

/** The fields of sources and folders. Nothing here calls AWS. */
final class SourceForm {

    private SourceForm() {}

    /** The credentials "AWS CodeCommit (HTTPS)" that whoever asks can choose. */
    @NonNull
    static ListBoxModel credentials(@CheckForNull Item item, @CheckForNull String current) {
        StandardListBoxModel model = new StandardListBoxModel();
        if (!AccessForm.mayConfigure(item)) {
            return model.includeCurrentValue(Util.fixNull(current));
        }
        model.includeEmptyValue();
        if (item == null) {
            model.includeAs(ACL.SYSTEM2, Jenkins.get(), CodeCommitCredentials.class);
        } else {
            model.includeAs(ACL.SYSTEM2, item, CodeCommitCredentials.class);
        }
        return model.includeCurrentValue(Util.fixNull(current));
    }

    @NonNull
    static FormValidation checkCredentials(@CheckForNull Item item, @CheckForNull String value) {
        if (!AccessForm.mayConfigure(item)) {
            return FormValidation.ok();
        }
        String id = Util.fixEmptyAndTrim(value);
        if (id == null) {
            return FormValidation.error(Messages.CodeCommitSCMSource_noCredentials());
        }
        return CodeCommitCredentials.find(item, id).isEmpty()
                ? FormValidation.error(Messages.CodeCommitSCMSource_otherCredentials(id))
                : FormValidation.ok();
    }

    @NonNull
    static FormValidation checkRemote(@CheckForNull Item item, @CheckForNull String value) {
        if (!AccessForm.mayConfigure(item)) {
            return FormValidation.ok();
        }
        String remote = Util.fixEmptyAndTrim(value);
        if (remote == null) {
            return FormValidation.error(Messages.CodeCommitSCMSource_noRemote());
        }
        return CodeCommitCredentials.repository(remote).isPresent()
                ? FormValidation.ok()
                : FormValidation.error(Messages.CodeCommitSCMSource_remote(remote));
    }

    /** The traits of sources, each under what it is about. */
    @NonNull
    static List<NamedArrayList<? extends SCMSourceTraitDescriptor>> traits(
            @NonNull CodeCommitSCMSource.DescriptorImpl source) {
        List<SCMSourceTraitDescriptor> all =
                SCMSourceTrait._for(source, CodeCommitSCMSourceContext.class, CodeCommitSCMBuilder.class);
        List<NamedArrayList<? extends SCMSourceTraitDescriptor>> lists = new ArrayList<>();
        NamedArrayList.select(
                all,
                Messages.CodeCommitSCMSource_within(),
                NamedArrayList.anyOf(
                        NamedArrayList.withAnnotation(Discovery.class), NamedArrayList.withAnnotation(Selection.class)),
                true,
                lists);
        NamedArrayList.select(all, Messages.CodeCommitSCMSource_additional(), null, true, lists);
        return lists;
    }
}
