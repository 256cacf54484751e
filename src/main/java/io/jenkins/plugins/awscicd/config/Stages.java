package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Items;
import hudson.security.ACL;
import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import jenkins.model.Jenkins;

/**
 * The stages that an item sees: those of the configuration page, then those of the folders it is in, the nearest last. A folder's stage
 * of the same name says more, or otherwise, but the guards of the more general one hold all the same, unless an administrator lets
 * folders do without them.
 */
public final class Stages {

    private final Map<String, ResolvedStage> byName = new LinkedHashMap<>();
    private final ItemGroup<?> folder;

    /** @param folder that says the last word; null for the configuration page */
    private Stages(@CheckForNull ItemGroup<?> folder) {
        this.folder = folder;
    }

    /** Whether whoever asks may configure the stages of the nearest place. */
    boolean mayConfigure() {
        return folder instanceof Item item
                ? item.hasPermission(Item.CONFIGURE)
                : Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /** @param item a job, or a folder for the jobs in it; null for the configuration page alone */
    @NonNull
    public static Stages of(@CheckForNull Item item) {
        List<Stages> levels = levels(item);
        return levels.get(levels.size() - 1);
    }

    /**
     * What there is at each place above an item: on the configuration page alone, then with those of each folder that has some, so that
     * the last is what the item sees. A folder says more for the jobs in it, but does not take from a more general place what belongs to
     * it.
     */
    @NonNull
    public static List<Stages> levels(@CheckForNull Item item) {
        Stages general = new Stages(null);
        AwsCicdConfiguration.get().getStages().forEach(stage -> general.add(stage, false));
        List<Stages> levels = new ArrayList<>(List.of(general));
        List<ItemGroup<?>> folders = new ArrayList<>();
        ItemGroup<?> group = item instanceof ItemGroup<?> itself ? itself : item == null ? null : item.getParent();
        while (group != null) {
            folders.add(0, group);
            group = group instanceof Item inside ? inside.getParent() : null;
        }
        for (ItemGroup<?> folder : folders) {
            List<Stage> more = in(folder);
            if (!more.isEmpty()) {
                Stages level = new Stages(folder);
                level.byName.putAll(levels.get(levels.size() - 1).byName);
                more.forEach(stage -> level.add(stage, true));
                levels.add(level);
            }
        }
        return levels;
    }

    /** The stages that are defined here itself: on the configuration page if there is no item, else in the folder. */
    @NonNull
    static List<Stage> configured(@CheckForNull Item item) {
        if (item == null) {
            return AwsCicdConfiguration.get().getStages();
        }
        return item instanceof ItemGroup<?> folder ? in(folder) : List.of();
    }

    private static List<Stage> in(ItemGroup<?> folder) {
        return ExtensionList.lookup(StageSource.class).stream()
                .flatMap(source -> source.in(folder).stream())
                .toList();
    }

    /** Whether some stage, wherever it is configured, is only for what this one has had. */
    public static boolean isBeforeAnother(@NonNull String stage) {
        return isBeforeAnother(stage, AwsCicdConfiguration.get().getStages())
                || StreamSupport.stream(
                                Items.allItems2(ACL.SYSTEM2, Jenkins.get(), Item.class, ItemGroup.class::isInstance)
                                        .spliterator(),
                                false)
                        .anyMatch(folder -> isBeforeAnother(stage, in((ItemGroup<?>) folder)));
    }

    private static boolean isBeforeAnother(String stage, List<Stage> stages) {
        return stages.stream()
                .map(Stage::getGuards)
                .anyMatch(guards -> guards != null && stage.equals(guards.getAfter()));
    }

    private void add(Stage stage, boolean ofFolder) {
        StageAccess own = stage.getAccess();
        AwsAccess access = own == null ? AwsAccess.DEFAULT : own.access();
        if (ofFolder && access.endpoint() != null && access.credentialsId() == null) {
            // Requests are signed: others' credentials do not go where a folder says.
            access = new AwsAccess(access.region(), null, access.role(), access.externalId(), null, null);
        }
        StageDefaults given = stage.getDefaults();
        StageDefaults defaults = given == null ? new StageDefaults() : given;
        ArrayList<StageGuards> guards = new ArrayList<>();
        ResolvedStage general = byName.get(stage.getName());
        if (general != null) {
            defaults = defaults.orElse(general.defaults());
            general.guards().stream()
                    .filter(guard -> !guard.isFoldersMayRelax())
                    .forEach(guards::add);
        }
        if (stage.getGuards() != null) {
            guards.add(stage.getGuards());
        }
        AwsAccess more = general == null ? AwsCicdConfiguration.get().access() : general.access();
        byName.put(stage.getName(), new ResolvedStage(stage.getName(), access.orElse(more), defaults, guards));
    }

    /** In order. */
    @NonNull
    public List<ResolvedStage> all() {
        return List.copyOf(byName.values());
    }

    /** In order. */
    @NonNull
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    @NonNull
    public Optional<ResolvedStage> find(@NonNull String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** What to say about a stage that there is none of. */
    @NonNull
    public String unknown(@NonNull String name) {
        return byName.isEmpty()
                ? Messages.Stages_none(name)
                : Messages.Stages_unknown(name, String.join(", ", byName.keySet()));
    }

    /** The same to a job: also that it is gone, if the job has used it. */
    @NonNull
    public String unknown(@NonNull String name, @NonNull Item job) {
        return unknown(name)
                + ExtensionList.lookup(StageUses.class).stream()
                        .map(uses -> uses.last(name, job))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(last -> " " + Messages.Stages_gone(last))
                        .orElse("");
    }
}
