package io.jenkins.plugins.awscicd.localaws.codebuild.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The formats of report files of one type, by their names in buildspecs ("file-format" in the buildspec reference). */
public final class Formats<T> {

    /** Reads a file of one format. */
    @FunctionalInterface
    interface Format<T> {
        List<T> read(Path file) throws IOException;
    }

    private final Map<String, Format<T>> formats;

    Formats(Map<String, Format<T>> formats) {
        this.formats = formats;
    }

    public boolean know(String format) {
        return formats.containsKey(format);
    }

    /** @throws IOException also if a file is not of that format */
    public List<T> read(String format, Path file) throws IOException {
        return formats.get(format).read(file);
    }
}
