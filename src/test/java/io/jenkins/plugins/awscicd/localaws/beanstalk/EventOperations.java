package io.jenkins.plugins.awscicd.localaws.beanstalk;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;

/** DescribeEvents. */
final class EventOperations {

    private EventOperations() {}

    static void addTo(BeanstalkApi api) {
        api.operation("DescribeEvents", EventOperations::describe);
    }

    private static Xml.Content describe(Beanstalk beanstalk, QueryInput input) throws AwsError {
        Predicate<Event> filter = event -> !beanstalk.eventsHidden();
        filter = same(filter, input.text("ApplicationName"), Event::applicationName);
        filter = same(filter, input.text("EnvironmentName"), Event::environmentName);
        filter = same(filter, input.text("EnvironmentId"), Event::environmentId);
        filter = same(filter, input.text("VersionLabel"), Event::versionLabel);
        filter = same(filter, input.text("TemplateName"), Event::templateName);
        filter = same(filter, input.text("RequestId"), Event::requestId);
        Severity least = severity(input.text("Severity"));
        Instant from = Times.of(input, "StartTime");
        Instant to = Times.of(input, "EndTime");
        filter = filter.and(event -> event.severity().compareTo(least) >= 0)
                .and(event -> from == null || !event.date().isBefore(from))
                .and(event -> to == null || event.date().isBefore(to));
        Events.Page page = beanstalk
                .events()
                .newestFirst(filter, Pages.position(input.text("NextToken")), Pages.size(input, Pages.MOST));
        return xml -> {
            Shapes.list(xml, "Events", page.events(), Event::writeTo);
            xml.text("NextToken", page.next() < 0 ? null : Pages.token(page.next()));
        };
    }

    private static Predicate<Event> same(Predicate<Event> filter, String wanted, Function<Event, String> member) {
        return wanted == null ? filter : filter.and(event -> wanted.equals(member.apply(event)));
    }

    private static Severity severity(String text) throws AwsError {
        try {
            return text == null ? Severity.TRACE : Severity.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw AwsError.badRequest(
                    "ValidationError",
                    "1 validation error detected: Value '" + text
                            + "' at 'severity' failed to satisfy constraint: Member must satisfy enum value set:"
                            + " [TRACE, DEBUG, INFO, WARN, ERROR, FATAL]");
        }
    }
}
