package io.jenkins.plugins.awscicd.engine.beanstalk;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Given;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The arguments of {@code beanstalkDeploy} that say which environment gets the version and when customers do, and what becomes of a
 * failure.
 *
 * <p>A swap moves CNAMEs, and environments keep their names; which one is live is therefore told by {@code cname} alone, run after
 * run, whether environments take turns or each run has a clone made.
 */
public final class BlueGreenArguments {

    public static final String CONTINUE = "continueBlueGreen";
    public static final String DISCARD = "discardBlueGreen";

    private static final String STRATEGY = "strategy";
    private static final String IN_PLACE = "inPlace";
    private static final String BLUE_GREEN = "blueGreen";
    private static final String ENVIRONMENT = "environment";
    private static final String TWIN = "twin";
    private static final String CNAME = "cname";
    private static final String BAKE = "bakeMinutes";
    private static final String SWAP = "swap";
    private static final String OLD = "oldEnvironment";
    private static final String TERMINATE = "terminate";
    private static final String TERMINATE_AFTER = "terminateAfterMinutes";
    private static final String ON_FAILURE = "onFailure";

    private static final int TERMINATE_AFTER_MINUTES = 5;

    private static final List<String> OF_BLUE_GREEN = List.of(TWIN, CNAME, BAKE, SWAP, OLD, TERMINATE_AFTER);
    private static final List<String> OF_SWAP = List.of(OLD, TERMINATE_AFTER);
    private static final List<String> OF_PREPARATION = Stream.of(
                    List.of(ENVIRONMENT, TWIN, BAKE, SWAP, ON_FAILURE, BeanstalkRequest.BUNDLE),
                    BeanstalkProblems.OF_WORKSPACE,
                    BeanstalkProblems.OF_NEW_VERSION,
                    List.of("whenBusy", "healthMinutes", "healthTimeoutMinutes"),
                    EnvironmentArguments.OF_CONFIGURATION)
            .flatMap(List::stream)
            .toList();

    private final Given given;

    BlueGreenArguments(@NonNull Given given) {
        this.given = given;
    }

    /** Whether the version goes to an environment beside the one that is live. */
    public boolean asked() {
        return BLUE_GREEN.equals(given.text(STRATEGY)) || given.has(CONTINUE) || discards();
    }

    /** Whether what waits for its swap is to be ended instead. */
    public boolean discards() {
        return given.has(DISCARD);
    }

    /** Whether an environment is to be made for the version. */
    public boolean clones() {
        return asked() && !given.has(CONTINUE) && !discards() && twin() == null;
    }

    /** The name of the environment that takes turns with the other; null if one is to be made. */
    @CheckForNull
    public String twin() {
        return given.text(TWIN);
    }

    /** The CNAME by which customers come, or its prefix; null if what is continued tells. */
    @CheckForNull
    public String cname() {
        return given.text(CNAME);
    }

    /** What waits for its swap; null if it is to be prepared first. */
    @CheckForNull
    public Prepared continued() {
        return prepared(CONTINUE);
    }

    /** What waits for its swap and is not to get it; null unless it is to be ended. */
    @CheckForNull
    public Prepared discarded() {
        return prepared(DISCARD);
    }

    @CheckForNull
    private Prepared prepared(String name) {
        Object prepared = given.get(name);
        return prepared == null ? null : Prepared.read(prepared);
    }

    /** How long green has to be healthy before it is live. */
    @NonNull
    public Duration bake() {
        return given.minutes(BAKE, 0);
    }

    public boolean swaps() {
        return !"false".equals(given.text(SWAP));
    }

    public boolean terminatesOld() {
        return TERMINATE.equals(given.text(OLD));
    }

    /** How long the old environment lives on, for those who have its address still. */
    @NonNull
    public Duration terminateAfter() {
        return given.minutes(TERMINATE_AFTER, TERMINATE_AFTER_MINUTES);
    }

    public boolean rollsBack() {
        return "rollBack".equals(given.text(ON_FAILURE));
    }

    /** What is wrong with them, in the manner of {@link BeanstalkRequest#problems}; each was found to be of its kind. */
    @NonNull
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (asked()) {
            problems.addAll(given.useless(
                    List.of(EnvironmentArguments.CREATE),
                    "only used with strategy: 'inPlace'; leave it out, because a blue/green deployment starts with an"
                            + " environment that is live"));
        }
        if (discards()) {
            discarding(problems);
        } else if (given.has(CONTINUE)) {
            continuing(problems);
        } else if (asked()) {
            preparing(problems);
        } else {
            problems.addAll(
                    given.useless(OF_BLUE_GREEN, "only used with strategy: 'blueGreen'; leave it out, or add that"));
        }
        if (given.has(TERMINATE_AFTER) && !terminatesOld() && problems.isEmpty()) {
            problems.add(TERMINATE_AFTER + ": only used with oldEnvironment: 'terminate'; leave it out, or add that");
        }
        return problems;
    }

    private void continuing(List<String> problems) {
        checkPrepared(problems, CONTINUE, "continued", "the environment should take over");
    }

    private void discarding(List<String> problems) {
        problems.addAll(
                given.useless(List.of(CONTINUE), "cannot be combined with " + DISCARD + "; leave one of them out"));
        checkPrepared(
                problems, DISCARD, "discarded", "users reach the application by, so that the live environment stays");
        problems.addAll(given.useless(OF_SWAP, "only used where the CNAMEs are swapped; leave it out"));
        problems.addAll(given.useless(List.of("version"), "only used where something is deployed; leave it out"));
    }

    private void checkPrepared(List<String> problems, String name, String what, String whichCname) {
        if (IN_PLACE.equals(given.text(STRATEGY))) {
            problems.add(STRATEGY + ": only a blue/green deployment can be " + what + "; leave it out");
        }
        problems.addAll(given.useless(
                OF_PREPARATION, "was for the step that prepared the green environment; leave it out here"));
        boolean isWrong = BeanstalkOptions.ALL.problem(name, given.get(name)) != null; // which is said already
        Prepared prepared = isWrong ? null : prepared(name);
        if (prepared != null && prepared.cname() == null && !given.has(CNAME)) {
            problems.add(CNAME + ": say which CNAME " + whichCname + ", such as cname: 'web-prod', or"
                    + " use the result of beanstalkDeploy");
        }
        if (prepared != null && prepared.cname() != null) {
            problems.addAll(given.useless(
                    List.of(CNAME, "version"), "is already known from the result in " + name + "; leave it out"));
        }
    }

    private void preparing(List<String> problems) {
        if (!given.has(CNAME)) {
            problems.add(
                    CNAME + ": say by which CNAME users reach the application, such as cname: 'web-prod' for"
                            + " web-prod.eu-west-1.elasticbeanstalk.com: after a swap no environment's name tells which one is live");
        }
        String twin = twin();
        if (twin == null) {
            problems.addAll(given.useless(
                    EnvironmentArguments.OF_PLATFORM,
                    "a clone is on the platform of the live environment; leave it out, or name a twin, whose platform can"
                            + " be changed"));
        } else {
            if (!given.has(ENVIRONMENT)) {
                problems.add(ENVIRONMENT + ": name both environments that take turns, with environment and twin");
            } else if (twin.equals(given.text(ENVIRONMENT))) {
                problems.add(TWIN + ": '" + twin
                        + "' is the environment itself; name the other one, or leave twin out to" + " create a clone");
            }
            if (terminatesOld()) {
                problems.add(
                        OLD + ": the old environment is the twin of the next run and cannot be terminated; leave it"
                                + " out, or leave twin out to create a clone each time");
            }
        }
        if (!swaps()) {
            problems.addAll(given.useless(
                    OF_SWAP,
                    "only used where the CNAMEs are swapped; set it in the step with " + CONTINUE + " instead"));
        }
    }
}
