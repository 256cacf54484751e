package io.jenkins.plugins.awscicd.localaws;

import io.jenkins.plugins.awscicd.localaws.wire.Api;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.Response;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** What questions were answered before, for those to whom AWS answers as it was some time ago. */
final class EarlierAnswers {

    private record Answer(Instant at, Response response) {}

    /** Far more than are of use within the seconds that a copy is late. */
    private static final int KEPT = 30;

    /** Of each question, oldest first. */
    private final Map<String, Deque<Answer>> answers = new HashMap<>();

    synchronized void keep(String operation, Api.Exchange exchange, Caller caller, Instant now, Response response) {
        if (exchange.question() != null) {
            Deque<Answer> all =
                    answers.computeIfAbsent(key(operation, exchange, caller), question -> new ArrayDeque<>());
            all.addLast(new Answer(now, response.again()));
            if (all.size() > KEPT) {
                all.removeFirst();
            }
        }
    }

    /** The oldest answer to the same question since then; {@code null} if it was not asked. */
    synchronized Response since(Instant oldest, String operation, Api.Exchange exchange, Caller caller) {
        Deque<Answer> all = answers.getOrDefault(key(operation, exchange, caller), new ArrayDeque<>());
        while (!all.isEmpty() && all.getFirst().at().isBefore(oldest)) {
            all.removeFirst();
        }
        return all.isEmpty() ? null : all.getFirst().response().again();
    }

    private static String key(String operation, Api.Exchange exchange, Caller caller) {
        return caller.place() + " " + operation + " " + exchange.question();
    }
}
