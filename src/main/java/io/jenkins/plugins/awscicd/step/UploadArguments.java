package io.jenkins.plugins.awscicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** The arguments of steps that can upload a part of the workspace; behind them, all that are a text, a number or a yes or no. */
public abstract class UploadArguments extends AwsStep {

    private final Arguments arguments = new Arguments();

    /** What was given, by name; null for what was given as null. */
    @NonNull
    protected final Map<String, Object> toMap() {
        return arguments.toMapWithNulls();
    }

    /** What to upload, as Ant patterns. */
    @CheckForNull
    public String getIncludes() {
        return text("includes");
    }

    @DataBoundSetter
    public void setIncludes(@CheckForNull String includes) {
        set("includes", includes);
    }

    /** What not to upload, as Ant patterns. */
    @CheckForNull
    public String getExcludes() {
        return text("excludes");
    }

    @DataBoundSetter
    public void setExcludes(@CheckForNull String excludes) {
        set("excludes", excludes);
    }

    /** Where to upload to; a step may know a place of its own. */
    @CheckForNull
    public String getBucket() {
        return text("bucket");
    }

    @DataBoundSetter
    public void setBucket(@CheckForNull String bucket) {
        set("bucket", bucket);
    }

    /** The folder in that bucket. */
    @CheckForNull
    public String getKeyPrefix() {
        return text("keyPrefix");
    }

    @DataBoundSetter
    public void setKeyPrefix(@CheckForNull String keyPrefix) {
        set("keyPrefix", keyPrefix);
    }

    /** The KMS key to encrypt the upload with. */
    @CheckForNull
    public String getKmsKey() {
        return text("kmsKey");
    }

    @DataBoundSetter
    public void setKmsKey(@CheckForNull String kmsKey) {
        set("kmsKey", kmsKey);
    }

    /** How much may be uploaded, in megabytes before compression. */
    @CheckForNull
    public Integer getMaxUploadMb() {
        return number("maxUploadMb");
    }

    @DataBoundSetter
    public void setMaxUploadMb(@CheckForNull Integer maxUploadMb) {
        set("maxUploadMb", maxUploadMb);
    }

    protected final String text(String name) {
        return arguments.get(name, String.class);
    }

    protected final Integer number(String name) {
        return arguments.get(name, Integer.class);
    }

    protected final Boolean flag(String name) {
        return arguments.get(name, Boolean.class);
    }

    protected final void set(String name, @CheckForNull Object value) {
        arguments.set(name, value);
    }
}
