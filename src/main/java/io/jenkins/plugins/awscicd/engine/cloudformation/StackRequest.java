package io.jenkins.plugins.awscicd.engine.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Given;
import io.jenkins.plugins.awscicd.engine.option.Json;
import io.jenkins.plugins.awscicd.engine.option.LiveOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;

/** What is to be done with a stack: the arguments of {@code cloudFormationDeploy} by name, as far as they were given. */
public final class StackRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String PARAMETERS = "parameters";

    /** What is done with the stack. */
    public enum Aim {
        /** A change set is made, and executed unless that is not wanted. */
        DEPLOY,
        /** One that was made before is executed. */
        EXECUTE,
        DELETE,
        CONTINUE_ROLLBACK,
        VALIDATE,
        DRIFT
    }

    /** They decide what is deployed, and how. */
    private static final List<String> DECISIVE = List.of(
            "template",
            "parameters",
            "parameterFiles",
            "changeSet",
            "onFailure",
            "delete",
            "execute",
            "approve",
            "roleArn");

    /** They change what goes live, or how, besides what is in the change set. */
    private static final List<String> LIVE =
            List.of("onFailure", "stackPolicy", "terminationProtection", "retain", "continueRollback", "roleArn");

    private static final List<String> SETTINGS = List.of("terminationProtection", "stackPolicy");

    private final Given given;

    /** @param arguments by name. As change set, a {@link StackResult} stands for the one that it has made. */
    public StackRequest(@NonNull Map<String, ?> arguments) {
        this(new Given(GivenChangeSet.resolved(arguments)));
    }

    private StackRequest(Given given) {
        this.given = given;
    }

    /** The names of all arguments. */
    @NonNull
    public static List<String> names() {
        return StackOptions.ALL.names().stream()
                .filter(name -> !name.equals(StackOptions.MODE))
                .toList();
    }

    /** Why the mode in which AWS is to deploy is not taken; null if it is, or none is given. */
    @CheckForNull
    public static String problemOfMode(@CheckForNull Object mode) {
        return problemOf(StackOptions.MODE, mode);
    }

    /** What is wrong with the value of an argument by itself; null if nothing is, or there is none. */
    @CheckForNull
    public static String problemOf(@NonNull String name, @CheckForNull Object value) {
        return StackOptions.ALL.problem(name, value);
    }

    /** The stack's name; empty if it was not given, as it need not be to validate a template. */
    @NonNull
    public String stack() {
        String name = given.text("stack");
        return name == null ? "" : name;
    }

    @NonNull
    public Aim aim() {
        if (given.has("changeSet")) {
            return Aim.EXECUTE;
        }
        return given.flag("delete")
                ? Aim.DELETE
                : continuesRollback()
                        ? Aim.CONTINUE_ROLLBACK
                        : given.flag("validate") && executes()
                                ? Aim.VALIDATE
                                : given.flag("driftOnly") ? Aim.DRIFT : Aim.DEPLOY;
    }

    private boolean continuesRollback() {
        return given.has("continueRollback") && !"false".equals(given.text("continueRollback"));
    }

    /** Whether what is served may be changed by it. */
    public boolean changes() {
        return switch (aim()) {
            case DEPLOY -> executes();
            case EXECUTE -> !executesNothing() || sets();
            case DELETE, CONTINUE_ROLLBACK -> true;
            case VALIDATE, DRIFT -> false;
        };
    }

    /** Whether the change set that is to be executed was empty when it was made. */
    public boolean executesNothing() {
        return GivenChangeSet.EMPTY.equals(given.text("changeSet"));
    }

    /** Whether a change set is only made to see whether AWS can make it. */
    public boolean discards() {
        return aim() == Aim.DEPLOY && given.flag("validate") && !executes();
    }

    private boolean sets() {
        return SETTINGS.stream().anyMatch(given::has);
    }

    /** Whether a change set that is made is executed as well. */
    public boolean executes() {
        return !"false".equals(given.text("execute"));
    }

    /** Where the template is; null if there is none. */
    @CheckForNull
    public Template template() {
        Object template = given.get("template");
        return template == null ? null : Template.of(template);
    }

    /** The same request with the template where AWS gets it from. */
    @NonNull
    public StackRequest withTemplate(@NonNull Template template) {
        Map<String, String> at = new LinkedHashMap<>();
        if (template.body() != null) {
            at.put("body", template.body());
        } else {
            at.put("bucket", String.valueOf(template.bucket()));
            at.put("key", String.valueOf(template.key()));
            if (template.version() != null) {
                at.put("version", template.version());
            }
        }
        return new StackRequest(given.with("template", at));
    }

    /** The values of parameters that were given as they are. */
    @NonNull
    public ParameterValues parameters() {
        Object parameters = given.get(PARAMETERS);
        return parameters == null ? ParameterValues.none() : ParameterValues.of(parameters);
    }

    /** The values of parameters as text, for {@link #withParameters}: they may be secrets. Null if there are none. */
    @CheckForNull
    public String parametersInText() {
        Object parameters = given.get(PARAMETERS);
        return parameters == null ? null : Json.of(parameters);
    }

    /** The same request without the values of its parameters. */
    @NonNull
    public StackRequest withoutParameters() {
        return new StackRequest(given.without(PARAMETERS));
    }

    /** @param text as {@link #parametersInText} has given it; null for none */
    @NonNull
    public StackRequest withParameters(@CheckForNull String text) {
        return text == null ? this : new StackRequest(given.with(PARAMETERS, ParameterFile.parse(PARAMETERS, text)));
    }

    /** Files of the workspace with more of them. */
    @NonNull
    public List<String> parameterFiles() {
        return list("parameterFiles");
    }

    /** Whether files of the workspace are needed. */
    public boolean fromWorkspace() {
        Template template = template();
        return aim() == Aim.DEPLOY && !parameterFiles().isEmpty()
                || (aim() == Aim.DEPLOY || aim() == Aim.VALIDATE) && template != null && template.file() != null;
    }

    /** A text argument; null if it was not given. */
    @CheckForNull
    public String text(@NonNull String name) {
        return given.text(name);
    }

    /** Whether a yes-or-no argument was given, and is yes. */
    public boolean flag(@NonNull String name) {
        return given.flag(name);
    }

    /** Whether an argument was given. */
    public boolean has(@NonNull String name) {
        return given.has(name);
    }

    /** Whether the stack is to have no tags any more. */
    public boolean removesTags() {
        return StackOptions.NONE.equals(given.get("tags"));
    }

    /** A list argument, or a text with commas; empty if it was not given. */
    @NonNull
    public List<String> list(@NonNull String name) {
        Object value = given.get(name);
        return value == null ? List.of() : StackOptions.skipped(value);
    }

    /** A document as JSON; null if it was not given. */
    @CheckForNull
    public String document(@NonNull String name) {
        Object value = given.get(name);
        return value == null ? null : StackOptions.document(value);
    }

    /** What becomes of a creation or an update that fails: {@code rollBack}, {@code keep} or {@code delete}. */
    @NonNull
    public String onFailure() {
        String word = given.text("onFailure");
        return word == null ? "rollBack" : word;
    }

    public boolean failsWhenBusy() {
        return "fail".equals(given.text("whenBusy"));
    }

    /** How long it may take, the wait for its turn included; null if as long as AWS allows. */
    @CheckForNull
    public Duration timeout() {
        return given.minutes("timeoutMinutes");
    }

    /** What is done to the stack where that is no change set, as people are asked about it; null where it is one. */
    @CheckForNull
    public String deed() {
        return switch (aim()) {
            case DELETE -> "delete stack " + stack();
            case CONTINUE_ROLLBACK -> "continue the rollback of stack " + stack();
            case EXECUTE -> executesNothing() && sets() ? "change settings of stack " + stack() : null;
            default -> null;
        };
    }

    /** What besides the change set changes what goes live, as text by the arguments' names. */
    @NonNull
    public SortedMap<String, String> live() {
        return LiveOptions.of(given, LIVE);
    }

    /** The arguments that would execute a change set which this request has made, as people are asked about it. */
    @NonNull
    public Map<String, Object> toExecute(@NonNull StackResult made) {
        Map<String, Object> arguments = new LinkedHashMap<>(given.all());
        arguments.keySet().retainAll(LIVE);
        arguments.put("stack", stack());
        arguments.put("changeSet", made);
        return arguments;
    }

    /** What is wrong with the arguments, a sentence each that begins with the argument's name; empty if nothing is. */
    @NonNull
    public List<String> problems() {
        return new StackProblems(this, given).all();
    }

    /** What is doubtful about it, though AWS may take it, a sentence each; empty if nothing is. */
    @NonNull
    public List<String> doubts() {
        return new ArrayList<>(given.doubts(DECISIVE));
    }

    /** All but the template, the parameters and what says which change set it is. */
    @NonNull
    public CreateChangeSetRequest.Builder toCreateChangeSet() {
        return StackOptions.createChangeSet(given);
    }
}
