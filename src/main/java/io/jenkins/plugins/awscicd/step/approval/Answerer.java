package io.jenkins.plugins.awscicd.step.approval;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.awscicd.delivery.approval.People;
import io.jenkins.plugins.awscicd.engine.approval.Names;
import io.jenkins.plugins.awscicd.engine.approval.Person;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Who answers, by the login of the thread that calls: an input is answered in the thread of the request, whatever view sent that. */
final class Answerer {

    private Answerer() {}

    @NonNull
    static Person of(@NonNull Run<?, ?> run) {
        Authentication login = Jenkins.getAuthentication2();
        boolean somebody = !ACL.isAnonymous2(login) && !login.equals(ACL.SYSTEM2);
        List<String> groups = login.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .toList();
        return new Person(
                somebody ? login.getName() : null,
                groups,
                run.getParent().getACL().hasPermission2(login, Job.BUILD),
                somebody && Jenkins.get().getACL().hasPermission2(login, Jenkins.ADMINISTER));
    }

    /** When names of users and groups are the same, as Jenkins' users are kept. */
    @NonNull
    static Names names() {
        return People.names();
    }
}
