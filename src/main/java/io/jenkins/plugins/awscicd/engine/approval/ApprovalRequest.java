package io.jenkins.plugins.awscicd.engine.approval;

import static io.jenkins.plugins.awscicd.engine.option.Option.flag;
import static io.jenkins.plugins.awscicd.engine.option.Option.number;
import static io.jenkins.plugins.awscicd.engine.option.Option.text;
import static io.jenkins.plugins.awscicd.engine.option.Option.word;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.notify.TopicArn;
import io.jenkins.plugins.awscicd.engine.option.Option;
import io.jenkins.plugins.awscicd.engine.option.Options;
import io.jenkins.plugins.awscicd.engine.text.Texts;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** What {@code awsApproval} is asked for: its named arguments, checked and read. Plain data, kept with a running step. */
public final class ApprovalRequest implements Serializable {

    private static final Texts TEXTS = Texts.of(ApprovalRequest.class);

    private static final long serialVersionUID = 1L;

    /** The parameter of the input in which an approver's comment comes. Variables of a script cannot be called so. */
    public static final String COMMENT = "approval-comment";

    /** No approval waits longer than a year: what is meant by more is a typing error. */
    private static final long LONGEST_DAYS = 366;

    private static final int MOST_APPROVALS = 100;

    private static final List<String> UNITS =
            Arrays.stream(TimeUnit.values()).map(TimeUnit::name).toList();

    private static final Options<Map<String, Object>> OPTIONS = new Options<>(
            text("message", put("message")),
            text("stage", put("stage")),
            text("what", put("what")),
            text("revision", put("revision")),
            new Option<>("link", ApprovalRequest::link, put("link")),
            new Option<>("approvers", ApprovalRequest::names, put("approvers")),
            number("approvals", 1, MOST_APPROVALS, put("approvals")),
            flag("forbidSelfApproval", put("forbidSelfApproval")),
            flag("commentRequired", put("commentRequired")),
            flag("administratorsExempt", put("administratorsExempt")),
            text("ok", put("ok")),
            text("cancel", put("cancel")),
            number("timeout", 1, Integer.MAX_VALUE, put("timeout")),
            word("unit", UNITS, put("unit")),
            word("onTimeout", OnTimeout.words(), put("onTimeout")),
            new Option<>("notify", ApprovalRequest::topic, put("notify")));

    /** As given, without what is blank. */
    private final LinkedHashMap<String, Object> given = new LinkedHashMap<>();

    /** @param given arguments by name; what is null or blank counts as not given */
    public ApprovalRequest(@NonNull Map<String, ?> given) {
        ApprovalArguments.plain(given).forEach((name, value) -> {
            if (value != null && !value.toString().isBlank()) {
                this.given.put(name, value);
            }
        });
    }

    private static <T> BiConsumer<Map<String, Object>, T> put(String name) {
        return (all, value) -> all.put(name, value);
    }

    /** The names of the arguments, without those of the access to AWS and without {@code parameters}. */
    @NonNull
    public static List<String> names() {
        return OPTIONS.names();
    }

    private static String names(Object given) {
        List<String> names = split(String.valueOf(given));
        if (names.isEmpty()) {
            throw new IllegalArgumentException(TEXTS.get("nobody"));
        }
        return String.join(",", names);
    }

    private static List<String> split(String names) {
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static String link(Object given) {
        String link = String.valueOf(given).strip();
        if (!link.matches("https?://[^\\s\"<>]+")) {
            throw new IllegalArgumentException(TEXTS.get("link", link));
        }
        return link;
    }

    private static TopicArn topic(Object given) {
        String problem = TopicArn.problem(String.valueOf(given));
        if (problem != null) {
            throw new IllegalArgumentException(problem.substring("notify: ".length()));
        }
        return TopicArn.parse(String.valueOf(given));
    }

    /**
     * What is wrong with the arguments, a sentence each that begins with the argument's name; empty if nothing is.
     *
     * @param isUser whether a name is that of a user, and so of one person; asked of the approvers
     * @param parameters the names of the further parameters that an approver fills in
     */
    @NonNull
    public List<String> problems(@NonNull Predicate<String> isUser, @NonNull Collection<String> parameters) {
        List<String> problems = new ArrayList<>(OPTIONS.problems(given));
        if (!given.containsKey("message")) {
            problems.add("message: " + TEXTS.get("message"));
        }
        if (problems.isEmpty()) {
            addContradictions(problems, isUser, parameters);
        }
        return problems;
    }

    private void addContradictions(List<String> problems, Predicate<String> isUser, Collection<String> parameters) {
        ApprovalPolicy policy = policy();
        List<String> approvers = policy.approvers();
        if (!approvers.isEmpty()
                && policy.approvals() > approvers.size()
                && approvers.stream().allMatch(isUser)) {
            problems.add("approvals: "
                    + TEXTS.get("tooMany", String.valueOf(policy.approvals()), String.join(", ", approvers)));
        }
        Duration timeout = timeout();
        if (timeout == null) {
            for (String name : List.of("unit", "onTimeout")) {
                if (given.containsKey(name)) {
                    problems.add(name + ": " + TEXTS.get("withTimeout", name));
                }
            }
        } else if (timeout.toDays() > LONGEST_DAYS) {
            problems.add("timeout: " + TEXTS.get("tooLong"));
        }
        if (parameters.contains(COMMENT)) {
            problems.add("parameters: " + TEXTS.get("reserved", COMMENT));
        }
        if (parameters.stream().distinct().count() < parameters.size()) {
            problems.add("parameters: " + TEXTS.get("twice"));
        }
    }

    /**
     * What these arguments would loosen, a sentence each that begins with the argument's name; empty if nothing.
     *
     * @param stage whose policy it is
     */
    @NonNull
    public List<String> loosened(@NonNull String stage, @NonNull ApprovalPolicy least) {
        List<String> problems = new ArrayList<>();
        List<String> others = policy().approvers().stream()
                .filter(approver -> !least.approvers().contains(approver))
                .toList();
        if (!least.approvers().isEmpty() && !others.isEmpty()) {
            problems.add("approvers: "
                    + TEXTS.get("others", String.join(", ", others), stage, String.join(", ", least.approvers())));
        }
        if (policy().administratorsExempt()) {
            problems.add("administratorsExempt: " + TEXTS.get("exempt", stage));
        }
        if (onTimeout() == OnTimeout.APPROVE) {
            problems.add("onTimeout: " + TEXTS.get("approvedByTime", stage));
        }
        return problems;
    }

    /** This question under a policy that is at least as strict as another one. */
    @NonNull
    public ApprovalRequest under(@NonNull ApprovalPolicy least) {
        ApprovalPolicy own = policy();
        Map<String, Object> stricter = new LinkedHashMap<>(given);
        if (own.approvers().isEmpty()) {
            stricter.put("approvers", String.join(",", least.approvers()));
        }
        stricter.put("approvals", Math.max(own.approvals(), least.approvals()));
        stricter.put("forbidSelfApproval", own.forbidSelfApproval() || least.forbidSelfApproval());
        return new ApprovalRequest(stricter);
    }

    private Map<String, Object> read() {
        return OPTIONS.write(given, new LinkedHashMap<>());
    }

    private String read(String name) {
        Object value = read().get(name);
        return value == null ? null : value.toString().strip();
    }

    private boolean isSet(String name) {
        return Boolean.TRUE.equals(read().get(name));
    }

    /** What is asked. */
    @NonNull
    public String message() {
        return String.valueOf(read("message"));
    }

    /** The stage that it is approved for. */
    @CheckForNull
    public String stage() {
        return read("stage");
    }

    /** What is to be approved, in words. */
    @CheckForNull
    public String what() {
        return read("what");
    }

    /** The exact version of it. */
    @CheckForNull
    public String revision() {
        return read("revision");
    }

    /** Address of a page about it. */
    @CheckForNull
    public String link() {
        return read("link");
    }

    /** Caption of the button to approve. */
    @CheckForNull
    public String ok() {
        return read("ok");
    }

    /** Caption of the button to reject; null for the default. */
    @CheckForNull
    public String cancel() {
        return read("cancel");
    }

    /** The SNS topic that hears of it. */
    @CheckForNull
    public TopicArn topic() {
        return (TopicArn) read().get("notify");
    }

    /** How long it may take; null for as long as it takes. */
    @CheckForNull
    public Duration timeout() {
        Map<String, Object> read = read();
        if (!(read.get("timeout") instanceof Integer amount)) {
            return null;
        }
        TimeUnit unit = read.get("unit") instanceof String word ? TimeUnit.valueOf(word) : TimeUnit.MINUTES;
        return Duration.ofNanos(unit.toNanos(amount));
    }

    @NonNull
    public OnTimeout onTimeout() {
        String word = read("onTimeout");
        return word == null ? OnTimeout.REJECT : OnTimeout.of(word);
    }

    @NonNull
    public ApprovalPolicy policy() {
        String approvers = read("approvers");
        return new ApprovalPolicy(
                approvers == null ? List.of() : split(approvers),
                read().get("approvals") instanceof Integer number ? number : 1,
                isSet("forbidSelfApproval"),
                isSet("commentRequired"),
                isSet("administratorsExempt"));
    }
}
