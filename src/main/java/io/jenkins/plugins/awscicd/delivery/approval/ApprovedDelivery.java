package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.engine.stage.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What exactly people are asked about: where something is to go, what is in it, and what else changes what goes live. Kept with the
 * question, and compared with what is deployed then. Plain data.
 */
@ExportedBean(defaultVisibility = 4)
public final class ApprovedDelivery {

    /** As texts, since XStream does not read records: service, region, account, application, name, CNAME of each place; the last may be missing. */
    private final ArrayList<String[]> places = new ArrayList<>();

    private final String content;
    private final TreeMap<String, String> options;

    /**
     * @param targets with the CNAME that customers come to an environment by, where it is approved for as long as it has that
     * @param content what is in the revision, in one line; null if that is not known
     * @param options as of {@code Delivered}
     */
    public ApprovedDelivery(
            @NonNull Collection<Target> targets, @CheckForNull String content, @NonNull Map<String, String> options) {
        for (Target target : targets) {
            places.add(new String[] {
                target.service().name(),
                target.region(),
                target.account(),
                target.application(),
                target.name(),
                target.cname()
            });
        }
        this.content = content;
        this.options = new TreeMap<>(options);
    }

    private List<Target> places() {
        return places.stream()
                .map(it -> new Target(Target.Service.valueOf(it[0]), it[1], it[2], it[3], it[4])
                        .serving(it.length > 5 ? it[5] : null))
                .toList();
    }

    /** What it may be deployed to, in words. */
    @Exported
    @NonNull
    public List<String> getTargets() {
        return places().stream()
                .map(it -> it.region() == null ? it.toString() : it + " (" + it.region() + ")")
                .toList();
    }

    /** What is in it, in one line; null if that is not known. */
    @Exported
    @CheckForNull
    public String getContent() {
        return content;
    }

    /** What else changes what goes live, such as {@code deploymentConfig: CodeDeployDefault.OneAtATime}. */
    @Exported
    @NonNull
    public List<String> getOptions() {
        return options.entrySet().stream()
                .map(it -> it.getKey() + ": " + it.getValue())
                .toList();
    }

    /** In lines, for people who are asked. */
    @NonNull
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        if (!places.isEmpty()) {
            lines.add(Messages.ApprovedDelivery_targets(String.join(", ", getTargets())));
        }
        places().stream()
                .filter(place -> place.cname() != null)
                .forEach(place -> lines.add(Messages.ApprovedDelivery_served(place, place.cname())));
        if (content != null) {
            lines.add(Messages.ApprovedDelivery_content(content));
        }
        getOptions().forEach(option -> lines.add(Messages.ApprovedDelivery_option(option)));
        Set<String> byName = byName();
        if (!byName.isEmpty()) {
            lines.add(Messages.ApprovedDelivery_byName(String.join("; ", byName)));
        }
        return lines;
    }

    /** What may be another thing under the same name when it is deployed, and is not compared: approvers are to know. */
    private Set<String> byName() {
        Set<String> names = new TreeSet<>();
        if (places.isEmpty() && options.containsKey("project")) {
            names.add(Messages.ApprovedDelivery_ofBuild());
        }
        for (Target place : places()) {
            names.add(
                    switch (place.service()) {
                        case CODE_DEPLOY ->
                            options.containsKey("deploymentConfig")
                                    ? Messages.ApprovedDelivery_ofGroup()
                                    : Messages.ApprovedDelivery_ofGroupAndConfiguration();
                        case BEANSTALK -> Messages.ApprovedDelivery_ofEnvironment();
                        case CLOUD_FORMATION, STACK_SET -> Messages.ApprovedDelivery_ofTemplate();
                        case CODE_PIPELINE -> Messages.ApprovedDelivery_ofPipeline();
                    });
        }
        return names;
    }

    /** Whether the content names this revision, which need not be shown besides. */
    public boolean isContentOf(@CheckForNull String revision) {
        return revision != null
                && content != null
                && (content.equals(revision) || content.startsWith(revision + " @ "));
    }

    /** Whether something else is in it than in what was approved, or one of both is not known. */
    public boolean isOther(@CheckForNull String otherContent) {
        return content == null || !content.equals(otherContent);
    }

    /**
     * What is otherwise about a deployment, or a build, than was approved, its content apart, a sentence each; empty if nothing is.
     *
     * @param target null of a build, which its options say all of
     */
    @NonNull
    public List<String> differences(@CheckForNull Target target, @NonNull Map<String, String> others) {
        List<String> differences = new ArrayList<>();
        Target moved = target == null ? null : moved(target);
        if (target != null && moved != null) {
            differences.add(Messages.ApprovedDelivery_differs(
                    Messages.ApprovedDelivery_cname(target),
                    moved.cname(),
                    target.cname() == null ? Messages.ApprovedDelivery_nothing() : target.cname()));
        } else if (target != null && !isFor(target)) {
            differences.add(Messages.ApprovedDelivery_differs(
                    Messages.ApprovedDelivery_target(),
                    places.isEmpty() ? Messages.ApprovedDelivery_nothing() : String.join(", ", getTargets()),
                    target.region() == null ? target.toString() : target + " (" + target.region() + ")"));
        }
        TreeSet<String> names = new TreeSet<>(options.keySet());
        names.addAll(others.keySet());
        for (String name : names) {
            String approved = options.get(name);
            String is = others.get(name);
            if (approved == null || !approved.equals(is)) {
                differences.add(Messages.ApprovedDelivery_differs(
                        name,
                        approved == null ? Messages.ApprovedDelivery_nothing() : approved,
                        is == null ? Messages.ApprovedDelivery_nothing() : is));
            }
        }
        return differences;
    }

    /** Whether people were asked about this place. */
    public boolean isFor(@NonNull Target target) {
        return places().stream().anyMatch(place -> isAt(place, target) && !hasMoved(place, target));
    }

    /** Where an environment was when people were asked that other customers come to now; null if it is where it was. */
    @CheckForNull
    private Target moved(Target target) {
        return isFor(target)
                ? null
                : places().stream()
                        .filter(place -> isAt(place, target) && hasMoved(place, target))
                        .findFirst()
                        .orElse(null);
    }

    /** What was approved for the idle one of two is not approved for customers, once the two have swapped their CNAMEs. To a clone nobody comes. */
    private static boolean hasMoved(Target place, Target target) {
        boolean isNew = !place.name().equalsIgnoreCase(target.name()) && target.isUnknown();
        return place.cname() != null && !isNew && !place.mayServe(target.cname());
    }

    /** A clone is known by what it was made of, and an environment by the CNAME that it serves. */
    private static boolean isAt(Target place, Target target) {
        return place.service() == target.service()
                && place.application().equalsIgnoreCase(target.application())
                && target.isNamed(place.name())
                && !target.isElsewhere(place.region(), place.account());
    }
}
