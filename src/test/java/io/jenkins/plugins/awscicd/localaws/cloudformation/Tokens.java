package io.jenkins.plugins.awscicd.localaws.cloudformation;

import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Stacks;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Client request tokens: what was asked for with one is done once. */
final class Tokens {

    private final Stacks stacks;
    private final Map<String, String> requests = new HashMap<>();
    private final Map<String, String> made = new HashMap<>();

    Tokens(Stacks stacks) {
        this.stacks = stacks;
    }

    /**
     * Whether a request has been carried out before.
     *
     * @param stackId of the stack it is about, as names are used again
     */
    boolean known(String operation, String stackId, QueryInput input) throws AwsError {
        String token = input.text("ClientRequestToken");
        if (token == null) {
            return false;
        }
        String request = operation + " " + input.parameters();
        String before = requests.putIfAbsent(token + " " + stackId, request);
        if (before == null) {
            return false;
        }
        if (!before.equals(request) || stacks.speaks(Dialect.TOKEN_ONCE)) {
            throw AwsError.badRequest("TokenAlreadyExistsException", "A client request token already exists: " + token);
        }
        return true;
    }

    /** What was made with the request's token, under a name that is used again; empty if that is not known. */
    Optional<String> made(String name, QueryInput input) {
        return Optional.ofNullable(made.get(input.text("ClientRequestToken") + " " + name));
    }

    void made(String name, QueryInput input, String id) {
        made.put(input.text("ClientRequestToken") + " " + name, id);
    }

    /** The request was refused, so that it may come again. */
    void forget(String stackId, QueryInput input) {
        requests.remove(input.text("ClientRequestToken") + " " + stackId);
    }
}
