package io.jenkins.plugins.awscicd.localaws.cloudformation.changeset;

/**
 * Why a resource is to be changed (ResourceChangeDetail).
 *
 * @param attribute Properties, Metadata, Tags, …
 * @param name of the property; {@code null} for other attributes
 * @param recreation Never, Conditionally or Always
 * @param evaluation Static or Dynamic
 * @param cause the entity that causes it; {@code null} for DirectModification
 * @param before the value as text; {@code null} if there was none
 * @param after the value as text; {@code null} if there is to be none
 */
record ChangeDetail(
        String attribute,
        String name,
        String recreation,
        String evaluation,
        String source,
        String cause,
        String before,
        String after) {

    String kind() {
        return before == null ? "Add" : after == null ? "Remove" : "Modify";
    }
}
