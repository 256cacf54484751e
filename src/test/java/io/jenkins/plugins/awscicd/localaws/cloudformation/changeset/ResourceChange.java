package io.jenkins.plugins.awscicd.localaws.cloudformation.changeset;

import java.util.List;

/**
 * What is to become of a resource.
 *
 * @param action Add, Modify, Remove or Import
 * @param replacement True, False or Conditional; {@code null} unless it is modified
 * @param changeSetId the nested change set; {@code null} for none
 * @param before what it is, as JSON; {@code null} if it is not there
 * @param after what it is to be, as JSON; {@code null} if it is to be no more
 */
record ResourceChange(
        String action,
        String policyAction,
        String logicalId,
        String physicalId,
        String type,
        String replacement,
        List<String> scope,
        List<ChangeDetail> details,
        String changeSetId,
        String before,
        String after) {

    ResourceChange with(String nestedChangeSet) {
        return new ResourceChange(
                action,
                policyAction,
                logicalId,
                physicalId,
                type,
                replacement,
                scope,
                details,
                nestedChangeSet,
                before,
                after);
    }
}
