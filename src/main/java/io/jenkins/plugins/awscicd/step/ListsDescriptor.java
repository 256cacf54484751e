package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Descriptor;
import java.util.Arrays;
import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** Of arguments with lists of texts, which the form has in one field each, with commas between them. */
public abstract class ListsDescriptor<T extends NestedArguments<T>> extends Descriptor<T> {

    private final List<String> lists;

    /** @param lists names of those arguments */
    public ListsDescriptor(@NonNull String... lists) {
        this.lists = List.of(lists);
    }

    @Override
    public T newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
        for (String list : lists) {
            if (formData.opt(list) instanceof String text) {
                formData.put(
                        list,
                        Arrays.stream(text.split(","))
                                .map(String::strip)
                                .filter(item -> !item.isEmpty())
                                .toList());
            }
        }
        return super.newInstance(req, formData);
    }

    /** A list as the form has it. */
    @NonNull
    public String joined(@CheckForNull List<String> items) {
        return items == null ? "" : String.join(", ", items);
    }
}
