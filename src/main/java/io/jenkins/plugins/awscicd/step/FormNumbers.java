package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Descriptor.FormException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;

/** Numbers in a submitted form. Stapler makes nothing of what is no whole number, and the field would be saved as if it were blank. */
final class FormNumbers {

    private FormNumbers() {}

    /**
     * @param type the step, or a part of one
     * @throws FormException naming a field in which there is something else
     */
    static void check(@NonNull Class<?> type, @NonNull JSONObject form) throws FormException {
        for (DescribableParameter parameter : DescribableModel.of(type).getParameters()) {
            String name = parameter.getName();
            Type wanted = parameter.getType().getActualType();
            Object given = form.opt(name);
            if (wanted == Integer.class || wanted == int.class) {
                String problem = given instanceof String text ? problem(type, name, text) : null;
                if (problem != null) {
                    throw new FormException(problem, name);
                }
            }
            Class<?> part = part(wanted);
            if (part != null && given instanceof JSONObject object) {
                check(part, object);
            } else if (part != null && given instanceof JSONArray array) {
                for (Object item : array) {
                    if (item instanceof JSONObject object) {
                        check(part, object);
                    }
                }
            }
        }
    }

    @CheckForNull
    private static String problem(Class<?> type, String name, String text) {
        return new StrictArguments(type, Map.of(name, text))
                .problems().stream().findFirst().orElse(null);
    }

    @CheckForNull
    private static Class<?> part(Type wanted) {
        Type type = wanted instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : wanted;
        return type instanceof Class<?> plain && NestedArguments.class.isAssignableFrom(plain) ? plain : null;
    }
}
