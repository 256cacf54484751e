package io.jenkins.plugins.awscicd.engine.beanstalk.environment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Pages;
import io.jenkins.plugins.awscicd.engine.beanstalk.EnvironmentSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.elasticbeanstalk.ElasticBeanstalkClient;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeEnvironmentsRequest;
import software.amazon.awssdk.services.elasticbeanstalk.model.DescribeEnvironmentsResponse;

/**
 * The environments of an application that are there at one moment, among which a blue/green deployment finds its two. One that was
 * terminated is not: for about an hour AWS lists it still, and its name may be that of another one since.
 */
public final class ApplicationEnvironments {

    private final AwsSession session;
    private final String application;
    private final List<EnvironmentSnapshot> all;

    private ApplicationEnvironments(AwsSession session, String application, List<EnvironmentSnapshot> all) {
        this.session = session;
        this.application = application;
        this.all = all;
    }

    /** Blocks, calls AWS. */
    @NonNull
    public static ApplicationEnvironments read(@NonNull AwsSession session, @NonNull String application) {
        ElasticBeanstalkClient client = EnvironmentService.client(session);
        List<EnvironmentSnapshot> all = Pages.of(
                        token -> client.describeEnvironments(some -> some.applicationName(application)
                                .includeDeleted(false)
                                .nextToken(token)),
                        DescribeEnvironmentsResponse::nextToken)
                .flatMap(page -> page.environments().stream())
                .map(EnvironmentSnapshot::of)
                .filter(one -> !one.ended())
                .toList();
        return new ApplicationEnvironments(session, application, all);
    }

    private static Optional<EnvironmentSnapshot> first(
            AwsSession session, Consumer<DescribeEnvironmentsRequest.Builder> which) {
        return EnvironmentService.client(session)
                .describeEnvironments(which.andThen(some -> some.includeDeleted(false)))
                .environments()
                .stream()
                .map(EnvironmentSnapshot::of)
                .filter(one -> !one.ended())
                .findFirst();
    }

    /** The one of a name, whatever its state, unless it was terminated; null if there is none. Blocks, calls AWS. */
    @CheckForNull
    public static EnvironmentSnapshot named(
            @NonNull AwsSession session, @NonNull String application, @NonNull String name) {
        return first(session, some -> some.applicationName(application).environmentNames(name))
                .orElse(null);
    }

    /** The id of the one of a name, whatever its application; empty if there is none. Blocks, calls AWS. */
    @NonNull
    public static Optional<String> id(@NonNull AwsSession session, @NonNull String name) {
        return first(session, some -> some.environmentNames(name)).map(EnvironmentSnapshot::id);
    }

    /** The one of this id or name; null if there is none. */
    @CheckForNull
    public EnvironmentSnapshot find(@NonNull String idOrName) {
        return all.stream()
                .filter(one -> idOrName.equals(one.id()) || idOrName.equals(one.name()))
                .findFirst()
                .orElse(null);
    }

    /** The one of this id or name. */
    @NonNull
    public EnvironmentSnapshot get(@NonNull String argument, @NonNull String idOrName, @NonNull String cure) {
        EnvironmentSnapshot found = find(idOrName);
        if (found == null) {
            throw new IllegalArgumentException(argument + ": there is no environment '" + idOrName
                    + "' of application '" + application + "' in " + session.region()
                    + ", or these credentials may not see it; " + cure);
        }
        return found;
    }

    /**
     * The one that has a CNAME.
     *
     * @param cname the whole of it, or what is before its first dot
     */
    @NonNull
    public EnvironmentSnapshot live(@NonNull String cname) {
        List<EnvironmentSnapshot> found = having(one -> has(one, cname));
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            List<EnvironmentSnapshot> others = having(one -> !one.cname().isEmpty());
            throw new IllegalArgumentException("cname: no environment of application '" + application + "' in "
                    + session.region() + " has the CNAME '" + cname + "'"
                    + (others.isEmpty()
                            ? "; check the application, the region and the IAM action " + EnvironmentService.DESCRIBE
                            : "; there are " + inWords(others)));
        }
        throw new IllegalArgumentException(
                "cname: '" + cname + "' matches several environments: " + inWords(found) + "; write the full CNAME");
    }

    private List<EnvironmentSnapshot> having(Predicate<EnvironmentSnapshot> what) {
        return all.stream().filter(what).toList();
    }

    private static String inWords(List<EnvironmentSnapshot> some) {
        return String.join(
                ", ",
                some.stream().map(one -> one.cname() + " (" + one.name() + ")").toList());
    }

    /** Whether an environment has a CNAME, given in whole or by what is before its first dot. */
    public static boolean has(@NonNull EnvironmentSnapshot one, @NonNull String cname) {
        String host = one.cname().toLowerCase(Locale.ROOT);
        String wanted = cname.strip().toLowerCase(Locale.ROOT);
        return wanted.contains(".") ? host.equals(wanted) : host.startsWith(wanted + ".");
    }

    /** A worker has nothing to swap. */
    public static void checkTier(String argument, EnvironmentSnapshot one) {
        if (one.worker()) {
            throw new IllegalArgumentException(argument + ": " + one.name()
                    + " is a worker environment: it has a queue and no CNAME, so there is nothing to swap; deploy to it"
                    + " with strategy: 'inPlace'");
        }
    }
}
