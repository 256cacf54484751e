package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.awscicd.engine.approval.Names;
import io.jenkins.plugins.awscicd.engine.approval.Person;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** People by their ids, as Jenkins' users are kept. May ask where they are kept. */
public final class People {

    private People() {}

    /** When names of users and groups are the same. */
    @NonNull
    public static Names names() {
        SecurityRealm realm = Jenkins.get().getSecurityRealm();
        return new Names(realm.getUserIdStrategy()::keyFor, realm.getGroupIdStrategy()::keyFor);
    }

    /** Somebody who has answered; null if there is no such user any more. */
    @CheckForNull
    public static Person known(@NonNull String id, @NonNull Run<?, ?> run) {
        User user = User.getById(id, false);
        if (user == null) {
            return null;
        }
        try {
            Authentication login = user.impersonate2();
            List<String> groups = login.getAuthorities().stream()
                    .map(GrantedAuthority::getAuthority)
                    .toList();
            return new Person(
                    user.getId(),
                    groups,
                    run.getParent().getACL().hasPermission2(login, Job.BUILD),
                    Jenkins.get().getACL().hasPermission2(login, Jenkins.ADMINISTER));
        } catch (UsernameNotFoundException e) {
            return null;
        }
    }
}
