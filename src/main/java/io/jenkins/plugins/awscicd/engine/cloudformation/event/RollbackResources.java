package io.jenkins.plugins.awscicd.engine.cloudformation.event;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.cloudformation.CloudFormationService;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/**
 * Names resources as
 * <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html">ContinueUpdateRollback</a>
 * takes them: by logical ID; those of a nested stack with the name of that stack, which AWS has made up, before it. The methods block: they
 * are run by a lane.
 */
public final class RollbackResources {

    private static final Pattern STACK = Pattern.compile("arn:[^:]+:cloudformation:[^:]*:[^:]*:stack/([^/]+)/.+");

    /** Of stacks in each other: an answer that leads in a circle is none of AWS's. */
    private static final int DEEPEST = 20;

    private final AwsSession session;

    public RollbackResources(AwsSession session) {
        this.session = session;
    }

    /** What could not be rolled back in a stack and those nested in it. A nested stack itself is not skipped: what is in it is. */
    @NonNull
    public List<String> failed(@NonNull String stackId) {
        return failed(stackId, "", 0);
    }

    private List<String> failed(String stackId, String prefix, int depth) {
        List<String> failed = new ArrayList<>();
        for (StackEvent event : CloudFormationService.client(session)
                .describeStackEventsPaginator(it -> it.stackName(stackId))
                .stackEvents()) {
            String status = String.valueOf(event.resourceStatusAsString());
            if (stackId.equals(event.physicalResourceId())) {
                if (status.equals("UPDATE_ROLLBACK_IN_PROGRESS")) {
                    break; // before, the update itself has failed
                }
                continue;
            }
            Matcher nested = STACK.matcher(String.valueOf(event.physicalResourceId()));
            if (!status.equals("UPDATE_FAILED")) {
                continue;
            }
            if (!nested.matches()) {
                failed.add(prefix + event.logicalResourceId());
            } else if (depth < DEEPEST) {
                failed.addAll(failed(nested.group(), nested.group(1) + ".", depth + 1));
            }
        }
        return failed;
    }

    /**
     * Names with the logical IDs of the nested stacks in them, such as {@code Network.Vpc} or {@code Network/Vpc}, as AWS takes them.
     * Others are left as they are.
     */
    @NonNull
    public List<String> named(@NonNull String stackId, @NonNull List<String> given) {
        return given.stream().map(name -> named(stackId, name)).toList();
    }

    private String named(String stackId, String name) {
        String[] path = name.split("[./]");
        String in = stackId;
        String prefix = "";
        for (String nested : List.of(path).subList(0, path.length - 1)) {
            Matcher found = resources(in).stream()
                    .filter(it -> nested.equals(it.logicalResourceId()))
                    .map(it -> STACK.matcher(String.valueOf(it.physicalResourceId())))
                    .filter(Matcher::matches)
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                return name;
            }
            in = found.group();
            prefix = found.group(1) + ".";
        }
        return prefix + path[path.length - 1];
    }

    private List<StackResourceSummary> resources(String stackId) {
        return CloudFormationService.client(session)
                .listStackResourcesPaginator(it -> it.stackName(stackId))
                .stackResourceSummaries()
                .stream()
                .toList();
    }
}
