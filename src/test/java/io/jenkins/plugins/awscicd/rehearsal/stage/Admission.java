package io.jenkins.plugins.awscicd.rehearsal.stage;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import io.jenkins.plugins.awscicd.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.awscicd.engine.approval.Names;
import io.jenkins.plugins.awscicd.engine.approval.Person;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.stage.ClosedHours;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Whether a delivery may deploy to a stage: asked as often, and as late, as the steps in Jenkins ask. */
public final class Admission {

    private static final String NAMELESS = "inline AppSpec";
    private static final String VERSION = " @ ";

    private final Configuration configuration;
    private final People people;
    private final Memory memory;
    private final AwsAccess general;
    private final Supplier<Instant> now;
    private final String job;
    private final Supplier<String> branch;

    /**
     * @param general the access of steps that do not say otherwise
     * @param job the job's full name
     * @param branch gives the branch that is delivered; null if that is not known
     */
    public Admission(
            Configuration configuration,
            People people,
            Memory memory,
            AwsAccess general,
            Supplier<Instant> now,
            String job,
            Supplier<String> branch) {
        this.configuration = configuration;
        this.people = people;
        this.memory = memory;
        this.general = general;
        this.now = now;
        this.job = job;
        this.branch = branch;
    }

    public Configuration configuration() {
        return configuration;
    }

    public People people() {
        return people;
    }

    public Memory memory() {
        return memory;
    }

    /** The stage's access, with what it leaves open taken from the rehearsal's. */
    public AwsAccess access(Stage stage) {
        return stage == null ? general : stage.access().orElse(general);
    }

    /**
     * Before anything is done in a stage: all that can be asked before it is known what exactly is deployed.
     *
     * @param stage null for none
     * @param hours whether closed hours hold, as they do not for what changes nothing that is live
     * @throws Refused saying what is missing
     */
    public void begin(Stage stage, List<Target> targets, boolean hours) {
        List<String> missing = new ArrayList<>();
        if (stage != null && stage.isGuarded()) {
            List<String> ofStage = place(stage.guards());
            if (hours) {
                ofStage.addAll(closed(stage.guards()));
            }
            add(missing, stage, ofStage);
        }
        targets.forEach(target -> missing.addAll(owners(stage, target)));
        Refused.ifAny(missing);
    }

    /**
     * Immediately before something is deployed.
     *
     * @param stage null for none
     * @param revision what exactly; null if nothing new is
     * @throws Refused saying what is missing
     */
    public void deploy(Stage stage, Target target, String revision) {
        List<String> missing = new ArrayList<>();
        if (stage != null && stage.isGuarded()) {
            List<String> ofStage = place(stage.guards());
            ofStage.addAll(closed(stage.guards()));
            ofStage.addAll(after(stage, target, revision));
            ofStage.addAll(approvals(
                    stage, revision, revision == null ? null : revision + application(stage, target), target));
            add(missing, stage, ofStage);
        }
        missing.addAll(owners(stage, target));
        Refused.ifAny(missing);
    }

    /** Before a build in a stage, which needs the stage's approvals for whatever revision. */
    public void build(Stage stage) {
        if (stage != null && stage.isGuarded()) {
            List<String> missing = new ArrayList<>();
            List<String> ofStage = place(stage.guards());
            ofStage.addAll(closed(stage.guards()));
            ofStage.addAll(approvals(stage, null, null, null));
            add(missing, stage, ofStage);
            Refused.ifAny(missing);
        }
    }

    private static void add(List<String> missing, Stage stage, List<String> ofStage) {
        ofStage.forEach(what -> missing.add(Texts.of("Admission.missing", stage.name(), what)));
    }

    private List<String> place(Guards guards) {
        List<String> missing = new ArrayList<>();
        if (guards.jobs() != null && !guards.jobs().match(job)) {
            missing.add(Texts.of("Guard.job", job, guards.jobs()));
        }
        String delivered = branch.get();
        if (guards.branches() != null && delivered == null) {
            missing.add(Texts.of("Guard.noBranch", guards.branches()));
        } else if (guards.branches() != null && !guards.branches().match(delivered)) {
            missing.add(Texts.of("Guard.branch", delivered, guards.branches()));
        }
        return missing;
    }

    private List<String> closed(Guards guards) {
        return ClosedHours.of(guards.closedHours()).closedAt(now.get()).stream()
                .map(window -> Texts.of("Guard.closed", window))
                .toList();
    }

    private List<String> after(Stage stage, Target target, String revision) {
        String before = stage.guards().after();
        if (before == null || revision == null) {
            return List.of();
        }
        if (revision.equals(NAMELESS)) {
            return List.of(Texts.of("Guard.nameless"));
        }
        Stage earlier = configuration.find(before).orElse(null);
        if (earlier == null) {
            return List.of(Texts.of("Guard.afterGone", before));
        }
        List<Memory.Deployed> had = memory.deployments().stream()
                .filter(it -> before.equals(it.stage())
                        && it.succeeded()
                        && it.target().service() == target.service()
                        && it.target().application().equals(target.application())
                        && same(it.revision(), revision))
                .toList();
        boolean there =
                had.stream().anyMatch(it -> !earlier.targets(access(earlier)).hasAnother(it.target()));
        if (there) {
            return List.of();
        }
        String missing = Texts.of("Guard.after", revision, before);
        return List.of(had.isEmpty() ? missing : missing + Texts.of("Guard.afterElsewhere"));
    }

    private List<String> approvals(Stage stage, String revision, String question, Target target) {
        ApprovalPolicy policy = stage.guards().policy();
        if (policy == null) {
            return List.of();
        }
        if (NAMELESS.equals(revision)) {
            return List.of(Texts.of("Guard.nameless"));
        }
        List<Person> approved = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Memory.Approved approval : memory.approvals()) {
            if (!stage.name().equals(approval.stage())) {
                continue;
            }
            if (revision != null && !isAnswered(approval.revision(), revision, stage, target)) {
                others.add(approval.revision() == null ? Texts.of("Guard.noRevision") : approval.revision());
                continue;
            }
            approved.add(new Person(approval.who(), approval.groups(), true, false));
        }
        List<String> counted = policy.counted(approved, Set.of(people.starter()), Names.CASE_INSENSITIVE);
        if (counted.size() >= policy.approvals()) {
            return List.of();
        }
        String what = question == null ? "" : ", revision: '" + question + "'";
        String missing = Texts.of(
                "Guard.approval",
                policy,
                counted.size(),
                counted.isEmpty() ? "" : ": " + String.join(", ", counted),
                "awsApproval stage: '" + stage.name() + "'" + what + ", message: …");
        return List.of(others.isEmpty() ? missing : missing + Texts.of("Guard.others", String.join(", ", others)));
    }

    /** What people have to be told besides a revision, where it is not of the application that the stage names. */
    private String application(Stage stage, Target target) {
        return stage.targets(access(stage)).names(target) ? "" : " of " + target.application();
    }

    private boolean isAnswered(String asked, String revision, Stage stage, Target target) {
        String suffix = target == null ? "" : application(stage, target);
        return asked != null
                && asked.endsWith(suffix)
                && same(asked.substring(0, asked.length() - suffix.length()), revision);
    }

    /** One of the two may name the object's version as well. */
    private static boolean same(String known, String revision) {
        return known != null
                && (known.equals(revision)
                        || known.startsWith(revision + VERSION)
                        || revision.startsWith(known + VERSION));
    }

    private List<String> owners(Stage stage, Target target) {
        return configuration.stages().stream()
                .filter(owner -> owner.isGuarded()
                        && owner.targets(access(owner)).owns(target)
                        && (stage == null || !stage.name().equals(owner.name())))
                .map(owner -> Texts.of("Admission.belongs", target, owner.name()))
                .toList();
    }
}
