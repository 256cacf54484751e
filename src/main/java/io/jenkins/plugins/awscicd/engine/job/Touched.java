package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * Something that is made, changed or deleted along with what is deployed to, and may be somebody's.
 *
 * @param resource what AWS knows it by there, such as {@code Network/Group} of a template
 * @param application null if it has none, or if that is not shown
 * @param name null if that is not shown
 * @param cname what customers come to an environment by; null if nothing, or if it is not shown
 */
public record Touched(
        @NonNull Kind kind,
        @NonNull String resource,
        @CheckForNull String application,
        @CheckForNull String name,
        @CheckForNull String cname) {

    /** What it is. */
    public enum Kind {
        DEPLOYMENT_GROUP("deployment group"),
        ENVIRONMENT("environment"),
        STACK("stack"),
        PIPELINE("pipeline"),
        PROJECT("project"),
        /** By its ARN or its name. */
        ROLE("role"),
        /** It may be any of these. */
        NOT_SHOWN("what is not shown");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** What has no application, and is reached by nobody. */
    public Touched(@NonNull Kind kind, @NonNull String resource, @CheckForNull String name) {
        this(kind, resource, null, name, null);
    }

    /** Whether it is certain which one it is: a group of the same name may be another application's. */
    public boolean isKnown() {
        boolean ofApplication = kind == Kind.DEPLOYMENT_GROUP || kind == Kind.ENVIRONMENT;
        return name != null && (application != null || !ofApplication);
    }

    /** Such as {@code deployment group prod of web}. */
    @NonNull
    public String describe() {
        return kind.words + (name == null ? "" : " " + name) + (application == null ? "" : " of " + application);
    }
}
