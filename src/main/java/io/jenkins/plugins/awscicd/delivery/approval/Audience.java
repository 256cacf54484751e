package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.Origin;
import java.util.HashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.springframework.security.access.AccessDeniedException;

/**
 * What whoever asks may see: the deployments of jobs that they may read. Those of jobs that are gone are for whoever may read the
 * project that has made them, as a multibranch project does, or else for those who may see the controller's configuration, as nobody can
 * say any more who was allowed to read them. Lives as long as a request.
 */
public final class Audience {

    private final Map<String, Boolean> jobs = new HashMap<>();
    private final Map<String, Boolean> goneJobs = new HashMap<>();

    public boolean maySee(@NonNull Deployment deployment) {
        Origin origin = deployment.origin();
        return origin.left() == Origin.Left.NOTHING
                ? goneJobs.computeIfAbsent(origin.job(), Audience::mayHaveRead)
                : jobs.computeIfAbsent(origin.job(), job -> exists(job) ? mayRead(job) : mayHaveRead(job));
    }

    private static boolean exists(String job) {
        return asJenkins(job) != null;
    }

    @CheckForNull
    private static Item asJenkins(String name) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return Jenkins.get().getItemByFullName(name);
        }
    }

    private static boolean mayRead(String name) {
        try {
            Item item = Jenkins.get().getItemByFullName(name);
            return item != null && item.hasPermission(Item.READ);
        } catch (AccessDeniedException e) {
            return false; // may know that there is one
        }
    }

    private static boolean mayHaveRead(String job) {
        String project = maker(job);
        return project == null ? Jenkins.get().hasPermission(Jenkins.SYSTEM_READ) : mayRead(project);
    }

    /** The project that has made a job by itself; null if the job was made by hand, or the project is gone too. */
    @CheckForNull
    static String maker(@NonNull String job) {
        int slash = job.lastIndexOf('/');
        Item parent = slash < 0 ? null : asJenkins(job.substring(0, slash));
        return parent instanceof ItemGroup<?> && !(parent instanceof ModifiableTopLevelItemGroup)
                ? parent.getFullName()
                : null;
    }
}
