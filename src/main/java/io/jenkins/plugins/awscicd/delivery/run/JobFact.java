package io.jenkins.plugins.awscicd.delivery.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awscicd.delivery.Messages;
import io.jenkins.plugins.awscicd.delivery.store.LineFields;
import io.jenkins.plugins.awscicd.delivery.store.Shortened;
import io.jenkins.plugins.awscicd.engine.job.Progress;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Something that is known of a job at AWS, such as what was deployed. Never changes. */
@ExportedBean(defaultVisibility = 4)
public final class JobFact {

    private static final int VALUE = 500;
    private static final int ADDRESS = 2000;

    /** One of {@link Progress.What}, or one that this version does not know any more. */
    private String what;

    private String value;
    private final String url;

    private JobFact(String what, String value, @CheckForNull String url) {
        this.what = what;
        this.value = value;
        this.url = url;
    }

    /** What is kept may lack what another version of the plugin has written otherwise. */
    private Object readResolve() {
        what = Util.fixNull(what);
        value = Util.fixNull(value);
        return this;
    }

    static JobFact of(Progress.Fact fact) {
        return new JobFact(fact.what().name(), Shortened.cut(fact.value(), VALUE), address(fact.url()));
    }

    static JobFact of(LineFields kept) {
        return new JobFact(kept.required("what"), kept.required("value"), address(kept.text("url")));
    }

    /** An address, if it can be linked to; AWS's words come from elsewhere in the end. */
    @CheckForNull
    static String address(@CheckForNull String url) {
        boolean fit =
                url != null && url.length() <= ADDRESS && (url.startsWith("https://") || url.startsWith("http://"));
        return fit ? url : null;
    }

    boolean is(@NonNull Progress.What other) {
        return what.equals(other.name());
    }

    /** Whether it is the artifact that a revision is, in words. */
    boolean isArtifact(@NonNull String revision) {
        return is(Progress.What.ARTIFACT) && (revision.equals(value) || revision.startsWith(value + " @ "));
    }

    /** Its name in the REST API, such as {@code SOURCE_VERSION}. */
    @Exported
    @NonNull
    public String getWhat() {
        return what;
    }

    /** Its name on a page. */
    @NonNull
    public String getLabel() {
        return switch (what) {
            case "SOURCE_VERSION" -> Messages.JobFact_sourceVersion();
            case "REVISION" -> Messages.JobFact_revision();
            case "CONFIGURATION" -> Messages.JobFact_configuration();
            case "ROLLBACK_OF" -> Messages.JobFact_rollbackOf();
            case "TARGETS" -> Messages.JobFact_targets();
            case "VERSION" -> Messages.JobFact_version();
            case "HEALTH" -> Messages.JobFact_health();
            case "ADDRESS" -> Messages.JobFact_address();
            case "EXPORTED_VERSION" -> Messages.JobFact_exportedVersion();
            case "TESTS" -> Messages.JobFact_tests();
            case "COVERAGE" -> Messages.JobFact_coverage();
            case "ARTIFACT" -> Messages.JobFact_artifact();
            case "LOG" -> Messages.JobFact_log();
            default -> what;
        };
    }

    @Exported
    @NonNull
    public String getValue() {
        return value;
    }

    /** Where more of it is; null if nowhere. */
    @Exported
    @CheckForNull
    public String getUrl() {
        return url;
    }
}
