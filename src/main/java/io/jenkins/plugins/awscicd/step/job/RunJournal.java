package io.jenkins.plugins.awscicd.step.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awscicd.engine.job.Journal;
import io.jenkins.plugins.awscicd.engine.job.execution.JobExecution;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A step's journal: a small file in the run's folder, gone when the run has ended; till then a step whose end Pipeline has not
 * kept before a crash finds there that all is told. It is written at once when AWS has
 * started the job and after every batch of log lines, which is far cheaper than to have Pipeline save the whole program.
 */
final class RunJournal implements Journal {

    private static final Logger LOGGER = Logger.getLogger(RunJournal.class.getName());
    private static final String PREFIX = "aws-cicd-";
    private static final String KEPT = ".properties";
    /** The file as it is going to be: written first, then moved over. */
    private static final String NEXT = ".next";

    private static final String OVER = "over";

    /** The names of journals, whose steps are told apart by UUIDs. */
    private static final Pattern OWN =
            Pattern.compile(PREFIX + "\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\.(properties|next)");

    private final Run<?, ?> run;
    private final String name;
    private final Map<String, String> marks = new HashMap<>();

    /** @param name tells the run's steps apart: a UUID */
    RunJournal(@NonNull Run<?, ?> run, @NonNull String name) {
        this.run = run;
        this.name = name;
        load();
    }

    /** Asked for each time: the folder moves with its job, and another job may get the old name. */
    private Path file(String ending) {
        return run.getRootDir().toPath().resolve(PREFIX + name + ending);
    }

    private void load() {
        Path file = file(KEPT);
        if (!Files.exists(file)) {
            return;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot read " + file);
        }
        properties.stringPropertyNames().forEach(mark -> marks.put(mark, properties.getProperty(mark)));
    }

    @Override
    public synchronized Map<String, String> read() {
        return Map.copyOf(marks);
    }

    @Override
    public synchronized void write(Map<String, String> more) {
        marks.putAll(more);
        Properties properties = new Properties();
        properties.putAll(marks);
        Path file = file(KEPT);
        Path next = file(NEXT);
        try {
            try (Writer writer = Files.newBufferedWriter(next, StandardCharsets.UTF_8)) {
                properties.store(writer, null);
            }
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // The job goes on; after a crash, its lines would be told twice.
            LOGGER.log(Level.WARNING, e, () -> "Cannot write " + file);
        }
    }

    /** The step is over: what the journal names is in nobody's care any more. */
    void over() {
        write(Map.of(OVER, "true"));
    }

    /**
     * The ids of jobs whose steps are not over, or of what AWS has started in their place.
     *
     * @param but the names of journals that are not asked about
     */
    static List<String> underWay(@NonNull Run<?, ?> run, @NonNull Set<String> but) {
        String[] files = run.getRootDir()
                .list((folder, name) -> name.endsWith(KEPT) && OWN.matcher(name).matches());
        return Stream.of(files == null ? new String[0] : files)
                .map(file -> file.substring(PREFIX.length(), file.length() - KEPT.length()))
                .filter(name -> !but.contains(name))
                .map(name -> new RunJournal(run, name).read())
                .filter(marks -> !marks.containsKey(OVER) && marks.containsKey(JobExecution.ID))
                .map(marks -> marks.getOrDefault(JobExecution.NOW, marks.get(JobExecution.ID)))
                .sorted()
                .toList();
    }

    /** What was read of it is all that is needed. */
    void delete() {
        delete(file(KEPT));
    }

    private static void delete(Path journal) {
        try {
            Files.deleteIfExists(journal);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot delete " + journal);
        }
    }

    /** The run has ended, and with it all its steps. */
    static void deleteAll(@NonNull Run<?, ?> run) {
        deleteAll(run.getRootDir().toPath());
    }

    /** Takes journals only: others may keep files there whose names begin alike. */
    static void deleteAll(@NonNull Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> OWN.matcher(String.valueOf(file.getFileName())).matches())
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList()
                    .forEach(RunJournal::delete);
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, e, () -> "Gone with its run: " + folder);
        } catch (IOException | UncheckedIOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot look for journals in " + folder);
        }
    }
}
