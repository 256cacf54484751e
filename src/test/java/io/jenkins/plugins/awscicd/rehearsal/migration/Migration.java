package io.jenkins.plugins.awscicd.rehearsal.migration;

import io.jenkins.plugins.awscicd.rehearsal.migration.GroovyText.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Jenkinsfile with the steps of this plugin in the place of those of others. What cannot be rewritten stays as it is, under a
 * comment that says what to do.
 */
public final class Migration {

    private static final String MARK = "// migrate: ";
    private static final int LONGEST_LINE = 100;

    private final String text;
    private final StringBuilder migrated = new StringBuilder();
    private final List<Block> blocks = new ArrayList<>();
    private int rewritten;
    private int left;

    /** Code within which steps are somebody to AWS. */
    private record Block(int from, int to, Map<String, String> access) {}

    private Migration(String text) {
        this.text = text;
    }

    /**
     * @param rewritten how many calls are rewritten
     * @param left how many are left as they are
     */
    public record Result(String text, int rewritten, int left) {}

    /** Rewrites what can be. */
    public static Result of(String jenkinsfile) {
        return new Migration(jenkinsfile).migrate();
    }

    private Result migrate() {
        int from = 0;
        List<Call> calls = new GroovyText(text).calls(OldSteps.names());
        for (int at = 0; at < calls.size(); at++) {
            Call call = calls.get(at);
            if (call.start() < from || call.name().equals("withAWS") && !concernsUs(call, calls)) {
                continue; // within one that is rewritten, or nothing to say of
            }
            int line = text.lastIndexOf('\n', call.start() - 1) + 1;
            String indent = text.substring(line).replaceFirst("(?s)^([ \\t]*).*", "$1");
            Call next = at + 1 < calls.size() ? calls.get(at + 1) : null;
            boolean both = next != null
                    && OldStackSteps.executes(next, call)
                    && text.substring(call.end(), next.start()).isBlank();
            Rewriting rewriting = OldSteps.done(
                    call, both ? OldStackSteps.together(call) : OldSteps.rewrite(call, calls), access(call.start()));
            block(call);
            migrated.append(text, from, Math.max(from, line));
            boolean whole = line >= from; // else another call of this line is written already
            rewriting
                    .remarks()
                    .forEach(remark -> migrated.append(
                            whole ? indent + MARK + remark + '\n' : "/* " + MARK.substring(3) + remark + " */ "));
            migrated.append(text, Math.max(from, line), call.start());
            if (rewriting.step() == null) {
                left++;
                from = call.start();
            } else {
                rewritten += both ? 2 : 1;
                migrated.append(written(rewriting, indent));
                if (rewriting.result() != null && isValue(call.start())) {
                    migrated.append('.').append(rewriting.result());
                }
                from = both ? next.end() : call.end();
            }
        }
        migrated.append(text, from, text.length());
        return new Result(migrated.toString(), rewritten, left);
    }

    /** Whether somebody wants what the call there returns. */
    private boolean isValue(int start) {
        String before = text.substring(0, start).stripTrailing();
        return before.endsWith("return")
                || !before.endsWith("->")
                        && !before.isEmpty()
                        && "=(,:?[+>".indexOf(before.charAt(before.length() - 1)) >= 0;
    }

    private void block(Call call) {
        int open = body(call);
        if (call.name().equals("withAWS") && open >= 0) {
            blocks.add(new Block(open, new GroovyText(text).behindBrackets(open), OldSteps.access(call)));
        }
    }

    /** Where the block of a call begins; negative if it has none. */
    private int body(Call call) {
        int open = call.end();
        while (open < text.length() && Character.isWhitespace(text.charAt(open))) {
            open++;
        }
        return open < text.length() && text.charAt(open) == '{' ? open : -1;
    }

    /** Whether a step is rewritten that gets its access from this block. */
    private boolean concernsUs(Call around, List<Call> calls) {
        int open = body(around);
        int close = open < 0 ? -1 : new GroovyText(text).behindBrackets(open);
        return calls.stream()
                .anyMatch(call -> open < call.start()
                        && call.start() < close
                        && OldSteps.rewrite(call, calls).step() != null);
    }

    /** Of the innermost block around a place. */
    private Map<String, String> access(int at) {
        return blocks.stream()
                .filter(block -> block.from() < at && at < block.to())
                .reduce((outer, inner) -> inner)
                .map(Block::access)
                .orElse(Map.of());
    }

    private static String written(Rewriting rewriting, String indent) {
        List<String> arguments = rewriting.arguments().entrySet().stream()
                .map(argument -> argument.getKey() + ": " + argument.getValue())
                .toList();
        String line = rewriting.step() + "(" + String.join(", ", arguments) + ")";
        return line.length() + indent.length() <= LONGEST_LINE
                ? line
                : arguments.stream()
                        .map(argument -> indent + "    " + argument)
                        .collect(Collectors.joining(",\n", rewriting.step() + "(\n", ")"));
    }

    /** @param args the Jenkinsfile, and maybe where the new one goes */
    public static void main(String[] args) throws IOException {
        if (args.length < 1 || args.length > 2) {
            System.err.println("usage: bin/migrate Jenkinsfile [new file]");
            System.exit(2);
        }
        Result result = of(Files.readString(Path.of(args[0])));
        if (args.length == 1) {
            System.out.print(result.text());
        } else {
            Path to = Path.of(args[1]);
            if (Files.exists(to)) {
                System.err.println(to + " already exists; name another file");
                System.exit(2);
            }
            Files.writeString(to, result.text());
        }
        System.err.println(result.rewritten() + " calls rewritten, " + result.left() + " left with a comment"
                + " (look for \"" + MARK.strip() + "\")");
    }
}
