package io.jenkins.plugins.awscicd.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.util.HttpResponses;
import io.jenkins.plugins.awscicd.engine.access.AwsSession;
import io.jenkins.plugins.awscicd.engine.access.Names;
import io.jenkins.plugins.awscicd.engine.access.call.AwsCallException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.kohsuke.stapler.HttpResponse;

/** What a form gets that asks for names of things in AWS. */
public final class NamesAnswer {

    private NamesAnswer() {}

    /**
     * Asks AWS, and waits for the answer.
     *
     * @param item whose form it is; null for a form of the controller. Fails unless whoever asks may configure that.
     * @param access as the form says
     */
    @NonNull
    public static HttpResponse of(
            @CheckForNull Item item,
            @NonNull FormAccess access,
            @NonNull Function<AwsSession, CompletableFuture<Names>> listing) {
        AccessForm.checkMayConnect(item);
        try (AwsSession session = AwsConnections.get().open(access.usable(item), item)) {
            Names found = listing.apply(session).join();
            return HttpResponses.okJSON(Map.of("names", found.names(), "more", found.more()));
        } catch (CompletionException e) {
            return HttpResponses.errorJSON(AwsCallException.unwrap(e).getMessage());
        } catch (IllegalArgumentException e) {
            return HttpResponses.errorJSON(e.getMessage());
        }
    }
}
