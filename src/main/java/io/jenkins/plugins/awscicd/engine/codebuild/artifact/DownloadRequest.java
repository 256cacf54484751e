package io.jenkins.plugins.awscicd.engine.codebuild.artifact;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.option.Option;
import io.jenkins.plugins.awscicd.engine.option.Options;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of a build's artifacts is wanted, and where: the arguments {@code download} and {@code archive}. */
public final class DownloadRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final String DOWNLOAD = "download";
    private static final int DEFAULT_MB = 5120;

    private static final Options<DownloadRequest> PARTS = new Options<>(
            Option.text("to", (download, to) -> download.to = to),
            Option.names("secondary", (download, names) -> download.secondary.addAll(names)),
            Option.flag("unzip", (download, it) -> download.unzip = it),
            Option.number("maxMb", 1, 5_000_000, (download, it) -> download.maxMb = it));

    private static final Options<DownloadRequest> ALL = new Options<>(
            Options.part(DOWNLOAD, PARTS, () -> new DownloadRequest(), DownloadRequest::take),
            Option.flag("archive", (download, it) -> download.archive = it));

    private String to;
    private final ArrayList<String> secondary = new ArrayList<>();
    private boolean unzip;
    private int maxMb = DEFAULT_MB;
    private boolean archive;

    private DownloadRequest() {}

    private void take(DownloadRequest parts) {
        to = parts.to == null ? "" : parts.to;
        secondary.addAll(parts.secondary);
        unzip = parts.unzip;
        maxMb = parts.maxMb;
    }

    /**
     * Reads the arguments.
     *
     * @param download the directory, or a map of {@code to}, {@code secondary}, {@code unzip} and {@code maxMb}; null if it was not given
     * @param archive null if it was not given
     * @return null if nothing is wanted
     * @throws IllegalArgumentException saying which argument is wrong, and what to do
     */
    @CheckForNull
    public static DownloadRequest of(@CheckForNull Object download, @CheckForNull Object archive) {
        Map<String, Object> given = given(download, archive);
        List<String> problems = ALL.problems(given);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        DownloadRequest wanted = ALL.write(given, new DownloadRequest());
        return wanted.to == null && !wanted.archive ? null : wanted;
    }

    private static Map<String, Object> given(@CheckForNull Object download, @CheckForNull Object archive) {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put(DOWNLOAD, download instanceof CharSequence to ? Map.of("to", to.toString()) : download);
        given.put("archive", archive);
        return given;
    }

    /** The directory, relative to the workspace, or empty; null if the files are only to be archived. */
    @CheckForNull
    public String directory() {
        return to;
    }

    /** Which secondary artifacts are wanted besides the primary one. */
    @NonNull
    List<String> secondary() {
        return List.copyOf(secondary);
    }

    boolean unzip() {
        return unzip;
    }

    int maxMb() {
        return maxMb;
    }

    /** Whether they are to be kept as the run's own. */
    public boolean archive() {
        return archive;
    }

    /** Where they go, for people. */
    @NonNull
    String place() {
        return to == null ? "the run's artifacts" : to.isEmpty() || to.equals(".") ? "the workspace" : to;
    }
}
