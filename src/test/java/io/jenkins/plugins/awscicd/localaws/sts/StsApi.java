package io.jenkins.plugins.awscicd.localaws.sts;

import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.QueryApi;
import io.jenkins.plugins.awscicd.localaws.wire.QueryInput;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** STS on the wire (AWS Security Token Service API reference). */
public final class StsApi {

    private static final String VERSION = "2011-06-15";
    private static final Pattern ROLE = Pattern.compile("arn:(aws[a-z-]*):iam::(\\d{12}):role/(?:.*/)?([\\w+=,.@-]+)");
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");

    private final Sts sts;
    private final Sessions sessions;

    private StsApi(Sts sts, Sessions sessions) {
        this.sts = sts;
        this.sessions = sessions;
    }

    public static QueryApi of(Sts sts, Sessions sessions) {
        StsApi api = new StsApi(sts, sessions);
        // A role that IAM has only just been told of cannot be assumed yet; STS says no more than that it is denied.
        return new QueryApi("STS", "sts", VERSION, "https://sts.amazonaws.com/doc/" + VERSION + "/")
                .resources("RoleArn")
                .operation("AssumeRole", api::assume)
                .operation("AssumeRoleWithWebIdentity", api::assumeRoleWithWebIdentity)
                .anonymous("AssumeRoleWithWebIdentity")
                .operation("GetCallerIdentity", api::callerIdentity);
    }

    /** Whoever has given the token out is not asked whether it has. */
    private Xml.Content assumeRoleWithWebIdentity(QueryInput input, Caller caller) throws AwsError {
        input.required("WebIdentityToken");
        return assume(input, caller);
    }

    private Xml.Content assume(QueryInput input, Caller caller) throws AwsError {
        String roleArn = input.required("RoleArn");
        String sessionName = input.required("RoleSessionName");
        Matcher role = ROLE.matcher(roleArn);
        if (!role.matches()) {
            throw AwsError.badRequest("ValidationError", roleArn + " is invalid");
        }
        if (!SESSION_NAME.matcher(sessionName).matches()) {
            throw AwsError.badRequest(
                    "ValidationError",
                    "1 validation error detected: Value '" + sessionName
                            + "' at 'roleSessionName' failed to satisfy constraint:"
                            + " Member must satisfy regular expression pattern: [\\w+=,.@-]*");
        }
        if (!sts.trusts(roleArn, input.text("ExternalId"))) {
            throw new AwsError(
                    403,
                    "AccessDenied",
                    "User: " + caller.arn() + " is not authorized to perform: sts:AssumeRole on resource: " + roleArn);
        }
        String arn = "arn:" + role.group(1) + ":sts::" + role.group(2) + ":assumed-role/" + role.group(3) + "/"
                + sessionName;
        String userId = sessions.newUserId() + ":" + sessionName;
        Sessions.Session session = sessions.open(userId, arn, duration(input, caller));
        return xml -> xml.element(
                        "AssumedRoleUser",
                        user -> user.text("AssumedRoleId", userId).text("Arn", arn))
                .element(
                        "Credentials",
                        credentials -> credentials
                                .text("AccessKeyId", session.accessKeyId())
                                .text("SecretAccessKey", session.secretAccessKey())
                                .text("SessionToken", session.sessionToken())
                                .text(
                                        "Expiration",
                                        DateTimeFormatter.ISO_INSTANT.format(
                                                session.expires().truncatedTo(ChronoUnit.SECONDS))))
                .text("SourceIdentity", input.text("SourceIdentity"));
    }

    private Duration duration(QueryInput input, Caller caller) throws AwsError {
        int seconds;
        try {
            seconds = Integer.parseInt(input.text("DurationSeconds", "3600"));
        } catch (NumberFormatException e) {
            throw AwsError.badRequest("MalformedInput", "DurationSeconds is no integer");
        }
        if (seconds < 900 || seconds > 43200) {
            throw AwsError.badRequest(
                    "ValidationError",
                    "1 validation error detected: Value '" + seconds
                            + "' at 'durationSeconds' failed to satisfy constraint: "
                            + (seconds < 900
                                    ? "Member must have value greater than or equal to 900"
                                    : "Member must have value less than or equal to 43200"));
        }
        if (seconds > 3600
                && caller.accessKeyId() != null
                && sessions.session(caller.accessKeyId()).isPresent()) {
            throw AwsError.badRequest(
                    "ValidationError",
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        }
        return Duration.ofSeconds(seconds);
    }

    private Xml.Content callerIdentity(QueryInput input, Caller caller) {
        String userId = sessions.session(caller.accessKeyId())
                .map(Sessions.Session::userId)
                .orElse("AIDALOCALAWSUSER00000");
        return xml -> xml.text("Arn", caller.arn())
                .text("UserId", userId)
                .text("Account", caller.place().account());
    }
}
