package io.jenkins.plugins.awscicd.engine.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Asked before anything is deployed, once it is known what is deployed where. May read files. */
@FunctionalInterface
public interface Gate {

    /** Everything passes. */
    Gate OPEN = (application, target, revision) -> {};

    /**
     * What is deployed to, as AWS shows it at this moment.
     *
     * @param application as AWS calls it
     * @param name the deployment group's or the environment's
     * @param cname what customers come to the environment by, or are going to; null if there is none
     * @param within the names of the stacks that the stack is nested in
     * @param cloned whether it was, or is, made to take the place of another environment
     * @param ofOrganization whether several accounts of an organization come by it, so that it need not be that of the one that is called
     */
    record Where(
            @NonNull String application,
            @NonNull String name,
            @CheckForNull String cname,
            @NonNull List<String> within,
            boolean cloned,
            boolean ofOrganization) {

        public Where {
            within = List.copyOf(within);
        }

        /** What is nested in these. */
        public Where(
                @NonNull String application,
                @NonNull String name,
                @CheckForNull String cname,
                @NonNull List<String> within) {
            this(application, name, cname, within, false, false);
        }

        /** What is nested in nothing. */
        public Where(@NonNull String application, @NonNull String name, @CheckForNull String cname) {
            this(application, name, cname, List.of());
        }

        /** The same, made to take the place of another one. */
        @NonNull
        public Where asClone() {
            return new Where(application, name, cname, within, true, ofOrganization);
        }

        /** The same, of an organization or not. */
        @NonNull
        public Where ofOrganization(boolean is) {
            return new Where(application, name, cname, within, cloned, is);
        }
    }

    /**
     * What is deployed.
     *
     * @param revision its name, in one line; null if that is not known
     * @param content finds out what the name stands for at this moment, in one line; gives null if nothing pins that. May call AWS
     */
    record What(@CheckForNull String revision, @NonNull Supplier<String> content) {

        /** Nothing new. */
        public static final What NOTHING = new What(null, () -> null);
    }

    /**
     * @param application as AWS calls it
     * @param target the deployment group or the environment
     * @param revision what exactly is deployed, in one line; null if that is not known
     * @throws Refused if it is not to be deployed
     */
    void pass(@NonNull String application, @NonNull String target, @CheckForNull String revision);

    /** The same of what more is known of, which is what is called. */
    default void pass(@NonNull Where where, @NonNull What what) {
        pass(where.application(), where.name(), what.revision());
    }

    /**
     * Whether anybody may refuse anything. If nobody does, what takes calls of AWS to find out need not be found out.
     */
    default boolean isGuarded() {
        return false;
    }

    /**
     * Asked once AWS has shown what there is, before anything is begun with it, or planned.
     *
     * @param roles that AWS works with there though nobody names them
     * @throws Refused if nothing is to be begun there
     */
    default void look(@NonNull Where where, @NonNull Collection<String> roles) {}

    /**
     * Asked immediately before what is deployed to is changed, about all that is made, changed or deleted along with it.
     *
     * @throws Refused if it is not to be
     */
    default void touch(@NonNull Collection<Touched> touched) {}

    /**
     * Asked immediately before an environment is ended, of what AWS shows at that moment.
     *
     * @throws Refused if it is not to be
     */
    default void end(@NonNull Where where) {}

    /**
     * Asked before two environments change places, or one is prepared for that: each will be known as the other one is now.
     *
     * @param live that has the name which the other one is to get
     * @param next that has or gets the revision
     * @param back what the live one has, for those who come by the name that it gets for its own
     * @throws Refused if they are not to
     */
    default void exchange(@NonNull Where live, @NonNull Where next, @NonNull What what, @NonNull What back) {
        pass(live, what);
        pass(next, what);
    }
}
