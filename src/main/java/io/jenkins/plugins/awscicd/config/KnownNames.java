package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.User;
import hudson.security.SecurityRealm;
import hudson.security.UserMayOrMayNotExistException2;
import java.util.Collection;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.AuthenticationException;

/** Which names are those of users or groups. */
public final class KnownNames {

    /** Each may take a call to where users are kept. */
    private static final int MOST = 20;

    private KnownNames() {}

    /** Those that are certainly nobody's, of the first few; asks Jenkins itself first, and then where users are kept. */
    @NonNull
    public static List<String> unknown(@NonNull Collection<String> names) {
        SecurityRealm realm = Jenkins.get().getSecurityRealm();
        return names.stream().limit(MOST).filter(name -> !isKnown(name, realm)).toList();
    }

    /** What a form says of such names. */
    @NonNull
    public static String warning(@NonNull List<String> unknown) {
        return Messages.Stage_unknownApprovers(String.join(", ", unknown));
    }

    private static boolean isKnown(String name, SecurityRealm realm) {
        if (SecurityRealm.AUTHENTICATED_AUTHORITY2.getAuthority().equals(name) || User.getById(name, false) != null) {
            return true;
        }
        try {
            realm.loadUserByUsername2(name);
            return true;
        } catch (UserMayOrMayNotExistException2 e) {
            return true;
        } catch (AuthenticationException e) {
            return isGroup(name, realm);
        }
    }

    private static boolean isGroup(String name, SecurityRealm realm) {
        try {
            realm.loadGroupByGroupname2(name, false);
            return true;
        } catch (UserMayOrMayNotExistException2 e) {
            return true; // also of realms that know groups only of those who log in
        } catch (AuthenticationException e) {
            return false;
        }
    }
}
