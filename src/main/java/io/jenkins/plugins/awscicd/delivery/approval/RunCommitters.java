package io.jenkins.plugins.awscicd.delivery.approval;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import hudson.model.User;
import hudson.scm.ChangeLogSet;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import jenkins.scm.RunWithSCM;

/**
 * Who has committed what is new in runs, as far as that are users of Jenkins. What a commit says of its author is believed, as there is
 * nothing else; whoever cannot believe it takes one approval more.
 *
 * @param users their ids
 * @param areAllKnown whether there is somebody, and nobody whom Jenkins does not know
 */
record RunCommitters(@NonNull Set<String> users, boolean areAllKnown) {

    @NonNull
    static RunCommitters of(@NonNull Collection<Run<?, ?>> runs) {
        Set<String> authors = new TreeSet<>();
        for (Run<?, ?> run : runs) {
            if (run instanceof RunWithSCM<?, ?> withChanges) {
                for (ChangeLogSet<? extends ChangeLogSet.Entry> changes : withChanges.getChangeSets()) {
                    changes.forEach(change -> authors.add(idOf(change)));
                }
            }
        }
        Set<String> known = new TreeSet<>();
        for (String author : authors) {
            runs.stream().findFirst().map(run -> People.known(author, run)).ifPresent(person -> known.add(person.id()));
        }
        return new RunCommitters(known, !authors.isEmpty() && known.size() == authors.size());
    }

    private static String idOf(ChangeLogSet.Entry change) {
        User author = change.getAuthor();
        return author == null ? User.getUnknown().getId() : author.getId();
    }
}
