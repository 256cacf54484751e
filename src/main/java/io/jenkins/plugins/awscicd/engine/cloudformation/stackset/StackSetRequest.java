package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.cloudformation.StackRequest;
import io.jenkins.plugins.awscicd.engine.option.Given;
import io.jenkins.plugins.awscicd.engine.option.LiveOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.model.StackSet;
import software.amazon.awssdk.services.cloudformation.model.StackSetOperationPreferences;

/** What is to be done with a stack set: the arguments of {@code cloudFormationStackSet} by name, as far as they were given. */
public final class StackSetRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What says of what the stacks are made, as {@code cloudFormationDeploy} takes it. */
    private static final List<String> SHARED = List.of(
            "template",
            "parameters",
            "parameterFiles",
            "tags",
            "capabilities",
            "description",
            "bucket",
            "keyPrefix",
            "kmsKey");

    private static final List<String> OF_DELETION = List.of(
            "stackSet",
            "delete",
            "approve",
            "retainStacks",
            "accounts",
            "organizationalUnits",
            "accountFilter",
            "regions",
            "callAs",
            "maxConcurrent",
            "failureTolerance",
            "concurrencyMode",
            "regionConcurrency",
            "regionOrder",
            "whenBusy",
            "timeoutMinutes");

    /** They change what goes live. */
    private static final List<String> LIVE = List.of(
            "accounts",
            "organizationalUnits",
            "accountFilter",
            "regions",
            "administrationRoleArn",
            "executionRoleName",
            "permissionModel",
            "callAs",
            "retainStacks",
            "delete");

    private final Given given;
    private final StackRequest shared;

    /** @param arguments by name */
    public StackSetRequest(@NonNull Map<String, ?> arguments) {
        Map<String, Object> own = new HashMap<>(arguments);
        Map<String, Object> others = new HashMap<>(arguments);
        own.keySet().removeAll(SHARED);
        others.keySet().retainAll(SHARED);
        this.given = new Given(own);
        others.put("stack", given.text("stackSet") == null ? "" : given.text("stackSet"));
        this.shared = new StackRequest(others);
    }

    private StackSetRequest(Given given, StackRequest shared) {
        this.given = given;
        this.shared = shared;
    }

    /** The names of all arguments. */
    @NonNull
    public static List<String> names() {
        return Stream.concat(StackSetOptions.ALL.names().stream(), SHARED.stream())
                .toList();
    }

    /** What is wrong with the value of an argument by itself; null if nothing is, or there is none. */
    @CheckForNull
    public static String problemOf(@NonNull String name, @CheckForNull Object value) {
        return StackSetOptions.ALL.problem(name, value);
    }

    /** What is wrong with the arguments, a sentence each that begins with the argument's name; empty if nothing is. */
    @NonNull
    public List<String> problems() {
        List<String> problems = new ArrayList<>(StackSetOptions.ALL.problems(given.all()));
        if (!given.has("stackSet")) {
            problems.add("stackSet: name the stack set, such as stackSet: 'baseline'");
        }
        if (deletes()) {
            Stream.concat(given.all().keySet().stream(), SHARED.stream().filter(shared::has))
                    .filter(name -> !OF_DELETION.contains(name) && names().contains(name))
                    .forEach(name -> problems.add(name + ": not used with delete; leave one of them out"));
        } else {
            shared.problems().stream()
                    .filter(problem -> !problem.startsWith("stack: "))
                    .forEach(problems::add);
            if (given.has("retainStacks")) {
                problems.add("retainStacks: only used with delete: true; add that, or leave it out");
            }
        }
        problems.addAll(StackSetRules.problems(given));
        return problems;
    }

    /** The stack set's name; empty if it was not given. */
    @NonNull
    public String stackSet() {
        String name = given.text("stackSet");
        return name == null ? "" : name;
    }

    /** Whether stacks are deleted, and with the last of them the stack set. */
    public boolean deletes() {
        return given.flag("delete");
    }

    /** Whether people are asked before anything is done. */
    boolean asks() {
        return given.flag("approve");
    }

    /** Whether stacks are left where they are when the stack set has them no more. */
    boolean retains() {
        return given.flag("retainStacks");
    }

    /** Whether it says which accounts and regions are meant. */
    boolean hasTargets() {
        return given.has("regions");
    }

    @NonNull
    List<String> list(@NonNull String name) {
        Object value = given.get(name);
        return value == null ? List.of() : StackSetOptions.list(value);
    }

    /** The accounts that get stacks; empty if it does not say which. */
    @NonNull
    public List<String> accounts() {
        return given.has("organizationalUnits") ? List.of() : list("accounts");
    }

    /** A text argument; null if it was not given. */
    @CheckForNull
    public String text(@NonNull String name) {
        return given.text(name);
    }

    @CheckForNull
    StackSetOptions.Automatic autoDeployment() {
        Object automatic = given.get("autoDeployment");
        return automatic == null ? null : StackSetOptions.autoDeployment(automatic);
    }

    /**
     * How an operation is done; null if all is left to AWS.
     *
     * @param regions those that it is about: an order of others is not for it
     */
    @CheckForNull
    StackSetOperationPreferences preferences(@NonNull Collection<String> regions) {
        StackSetOperationPreferences.Builder preferences =
                StackSetOptions.ALL.write(given.all(), StackSetOperationPreferences.builder());
        List<String> order =
                list("regionOrder").stream().filter(regions::contains).toList();
        preferences.regionOrder(order.isEmpty() ? null : order);
        return preferences.build().equals(StackSetOperationPreferences.builder().build()) ? null : preferences.build();
    }

    /** Fails if something does not go with a stack set as it is. */
    void check(@CheckForNull StackSet now) {
        List<String> problems = StackSetRules.problems(given, now);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(". ", problems));
        }
    }

    /** Whether it is called as a delegated administrator of the organization. */
    boolean isDelegated() {
        return "DELEGATED_ADMIN".equals(text("callAs"));
    }

    /** Whether by its arguments the stack set is service-managed. */
    boolean isOfOrganization() {
        return "SERVICE_MANAGED".equals(text("permissionModel")) || isDelegated() || given.has("organizationalUnits");
    }

    /** Where else a stack set may be that is not found. */
    @NonNull
    String elsewhere() {
        return isDelegated()
                ? "callAs: 'DELEGATED_ADMIN' finds only service-managed stack sets of the organization;"
                        + " for one of this account leave callAs out"
                : "one that is managed as a delegated administrator is found only with callAs: 'DELEGATED_ADMIN'";
    }

    public boolean failsWhenBusy() {
        return "fail".equals(given.text("whenBusy"));
    }

    /** How long it may take, the wait for other operations included; null if as long as AWS allows. */
    @CheckForNull
    public Duration timeout() {
        return given.minutes("timeoutMinutes");
    }

    /** What the stacks are made of, as a request for one. */
    @NonNull
    StackRequest stacks() {
        return shared;
    }

    /** Whether files of the workspace are needed. */
    boolean fromWorkspace() {
        return !deletes() && shared.fromWorkspace();
    }

    /** The values of parameters as text, for {@link #withParameters}: they may be secrets. Null if there are none. */
    @CheckForNull
    public String parametersInText() {
        return shared.parametersInText();
    }

    /** The same request without the values of its parameters. */
    @NonNull
    public StackSetRequest withoutParameters() {
        return new StackSetRequest(given, shared.withoutParameters());
    }

    /** @param text as {@link #parametersInText} has given it; null for none */
    @NonNull
    public StackSetRequest withParameters(@CheckForNull String text) {
        return new StackSetRequest(given, shared.withParameters(text));
    }

    /** What changes what goes live, as text by the arguments' names. */
    @NonNull
    public SortedMap<String, String> live() {
        return LiveOptions.of(given, LIVE);
    }

    /** What is done, as people are asked about it. */
    @NonNull
    public String deed() {
        return (deletes() ? "delete stacks of stack set " : "deploy stack set ") + stackSet();
    }

    /** The arguments of what people are asked about, without those that may be secret. */
    @NonNull
    Map<String, Object> toAsk() {
        Map<String, Object> arguments = new TreeMap<>(given.all());
        arguments.keySet().retainAll(LIVE);
        arguments.put("stackSet", stackSet());
        return arguments;
    }

    /** What is said of how it is done, a line each. */
    @NonNull
    List<String> details() {
        return Stream.of(
                        "permissionModel",
                        "administrationRoleArn",
                        "executionRoleName",
                        "autoDeployment",
                        "callAs",
                        "maxConcurrent",
                        "failureTolerance",
                        "concurrencyMode",
                        "regionConcurrency",
                        "regionOrder",
                        "retainStacks")
                .filter(given::has)
                .map(name -> name + ": " + LiveOptions.text(given.get(name)))
                .toList();
    }
}
