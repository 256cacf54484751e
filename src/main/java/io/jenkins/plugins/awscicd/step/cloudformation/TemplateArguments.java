package io.jenkins.plugins.awscicd.step.cloudformation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.step.Arguments;
import io.jenkins.plugins.awscicd.step.AwsStep;
import io.jenkins.plugins.awscicd.step.SealedTexts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments of steps that make something of a template, and what they keep of the others. */
public abstract class TemplateArguments extends AwsStep {

    private final Arguments arguments = new Arguments();
    /** By name, what may be of several types; values of parameters are sealed. */
    private final LinkedHashMap<String, Object> others = new LinkedHashMap<>();

    /** What was given, by name, with nothing sealed. */
    @NonNull
    final Map<String, Object> toMap() {
        Map<String, Object> all = arguments.toMap();
        all.putAll(others);
        all.computeIfPresent("parameters", (name, value) -> SealedTexts.open(value));
        return all;
    }

    final String text(String name) {
        return arguments.get(name, String.class);
    }

    final Integer number(String name) {
        return arguments.get(name, Integer.class);
    }

    final Boolean flag(String name) {
        return arguments.get(name, Boolean.class);
    }

    /** What may be of several types. */
    final Object given(String name) {
        return others.get(name);
    }

    /** Keeps a text, a number, or a yes or no. */
    final void keep(String name, @CheckForNull Object value) {
        arguments.set(name, value);
    }

    /** Keeps what may be of several types. */
    final void set(String name, @CheckForNull Object value) {
        GivenValues.put(others, name, value);
    }

    /** What AWS shows of its purpose. */
    @CheckForNull
    public String getDescription() {
        return text("description");
    }

    @DataBoundSetter
    public void setDescription(@CheckForNull String description) {
        keep("description", description);
    }

    /** Values of the template's parameters by name: a text, a list, or {@code [previous: true]}. */
    @CheckForNull
    public Object getParameters() {
        return SealedTexts.open(given("parameters"));
    }

    @DataBoundSetter
    public void setParameters(@CheckForNull Object parameters) {
        set("parameters", SealedTexts.seal(GivenValues.plain(parameters)));
    }

    /** Tags by key, of what is made of the template. */
    @CheckForNull
    public Map<String, String> getTags() {
        return GivenValues.texts(given("tags"));
    }

    @DataBoundSetter
    public void setTags(@CheckForNull Map<String, String> tags) {
        set("tags", GivenValues.texts(tags));
    }

    /** Where the template is: a file of the workspace, an address in S3, {@code previous}, or a map. */
    @CheckForNull
    public Object getTemplate() {
        return given("template");
    }

    @DataBoundSetter
    public void setTemplate(@CheckForNull Object template) {
        set("template", GivenValues.plain(template));
    }

    /** Files of the workspace with values of parameters. */
    @CheckForNull
    public Object getParameterFiles() {
        return given("parameterFiles");
    }

    @DataBoundSetter
    public void setParameterFiles(@CheckForNull Object parameterFiles) {
        set("parameterFiles", GivenValues.listed(parameterFiles));
    }

    /** What the template may do to who is allowed what. */
    @CheckForNull
    public Object getCapabilities() {
        return given("capabilities");
    }

    @DataBoundSetter
    public void setCapabilities(@CheckForNull Object capabilities) {
        set("capabilities", GivenValues.listed(capabilities));
    }

    /** While AWS is at work on it: {@code wait}, the default, or {@code fail}. */
    @CheckForNull
    public String getWhenBusy() {
        return text("whenBusy");
    }

    @DataBoundSetter
    public void setWhenBusy(@CheckForNull String whenBusy) {
        keep("whenBusy", whenBusy);
    }

    /** Where a template goes that is too large for a call. */
    @CheckForNull
    public String getBucket() {
        return text("bucket");
    }

    @DataBoundSetter
    public void setBucket(@CheckForNull String bucket) {
        keep("bucket", bucket);
    }

    /** The folder in that bucket. */
    @CheckForNull
    public String getKeyPrefix() {
        return text("keyPrefix");
    }

    @DataBoundSetter
    public void setKeyPrefix(@CheckForNull String keyPrefix) {
        keep("keyPrefix", keyPrefix);
    }

    /** The KMS key to encrypt the upload with. */
    @CheckForNull
    public String getKmsKey() {
        return text("kmsKey");
    }

    @DataBoundSetter
    public void setKmsKey(@CheckForNull String kmsKey) {
        keep("kmsKey", kmsKey);
    }

    /** Whether it is deleted. */
    @CheckForNull
    public Boolean getDelete() {
        return flag("delete");
    }

    @DataBoundSetter
    public void setDelete(@CheckForNull Boolean delete) {
        keep("delete", delete);
    }

    /** Whether people are asked before anything is done. */
    @CheckForNull
    public Boolean getApprove() {
        return flag("approve");
    }

    @DataBoundSetter
    public void setApprove(@CheckForNull Boolean approve) {
        keep("approve", approve);
    }

    /** After how many minutes it is stopped, its wait included; 1 to 10080. */
    @CheckForNull
    public Integer getTimeoutMinutes() {
        return number("timeoutMinutes");
    }

    @DataBoundSetter
    public void setTimeoutMinutes(@CheckForNull Integer timeoutMinutes) {
        keep("timeoutMinutes", timeoutMinutes);
    }
}
