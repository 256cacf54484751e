package io.jenkins.plugins.awscicd.localaws.sts;

import io.jenkins.plugins.awscicd.localaws.wire.Api;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.CommonFault;
import io.jenkins.plugins.awscicd.localaws.wire.Request;
import io.jenkins.plugins.awscicd.localaws.wire.Response;
import io.jenkins.plugins.awscicd.localaws.wire.Xml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** STS on the wire: AWS Query, a form in, XML out (AWS Security Token Service API reference). */
public final class StsApi implements Api {

    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
    private static final Pattern ROLE = Pattern.compile("arn:(aws[a-z-]*):iam::(\\d{12}):role/(?:.*/)?([\\w+=,.@-]+)");
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");

    private final Sts sts;
    private final Sessions sessions;

    public StsApi(Sts sts, Sessions sessions) {
        this.sts = sts;
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return "STS";
    }

    @Override
    public Exchange open(Request request) throws IOException {
        String type = request.header("Content-Type");
        if (!request.method().equals("POST") || type == null || !type.startsWith("application/x-www-form-urlencoded")) {
            return null;
        }
        return new Query(request, Request.form(new String(request.body().readAllBytes(), StandardCharsets.UTF_8)));
    }

    @Override
    public Response error(AwsError error, Request request) {
        String document = Xml.document(
                "ErrorResponse",
                NAMESPACE,
                xml -> xml.element(
                                "Error",
                                inner -> inner.text("Type", error.status() < 500 ? "Sender" : "Receiver")
                                        .text("Code", error.code())
                                        .text("Message", error.getMessage()))
                        .text("RequestId", request.id()));
        return Response.error(error, "text/xml", document.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public AwsError fault(CommonFault fault, String operation, Caller caller) {
        return switch (fault) {
            case THROTTLED -> AwsError.badRequest("Throttling", "Rate exceeded");
            case INTERNAL ->
                new AwsError(500, "InternalFailure", "The request processing has failed because of an unknown error.");
            case UNAVAILABLE ->
                new AwsError(
                        503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server.");
            case EXPIRED_TOKEN ->
                new AwsError(403, "ExpiredToken", "The security token included in the request is expired");
            case ACCESS_DENIED -> denied(operation, caller, "");
            case UNSIGNED -> new AwsError(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
        };
    }

    private static AwsError denied(String operation, Caller caller, String resource) {
        return new AwsError(
                403,
                "AccessDenied",
                "User: " + caller.arn() + " is not authorized to perform: sts:" + operation
                        + (resource.isEmpty() ? "" : " on resource: " + resource));
    }

    private final class Query implements Exchange {
        private final Request request;
        private final Map<String, String> form;

        Query(Request request, Map<String, String> form) {
            this.request = request;
            this.form = form;
        }

        @Override
        public String operation() {
            return form.getOrDefault("Action", "");
        }

        @Override
        public String resource() {
            return form.getOrDefault("RoleArn", "");
        }

        @Override
        public Response carryOut(Caller caller) throws AwsError {
            return switch (operation()) {
                case "AssumeRole" -> assumeRole(caller);
                case "GetCallerIdentity" -> callerIdentity(caller);
                default ->
                    throw AwsError.badRequest(
                            "InvalidAction",
                            "Could not find operation " + operation() + " for version "
                                    + form.getOrDefault("Version", ""));
            };
        }

        @Override
        public Response notYetVisible(Caller caller) throws AwsError {
            // A role that IAM has only just been told of cannot be assumed yet; STS says no more than this.
            throw denied(operation(), caller, resource());
        }

        private Response assumeRole(Caller caller) throws AwsError {
            String roleArn = required("RoleArn");
            String sessionName = required("RoleSessionName");
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
            if (!sts.trusts(roleArn, form.get("ExternalId"))) {
                throw denied("AssumeRole", caller, roleArn);
            }
            String arn = "arn:" + role.group(1) + ":sts::" + role.group(2) + ":assumed-role/" + role.group(3) + "/"
                    + sessionName;
            String userId = Ids.upper("AROA", 21) + ":" + sessionName;
            Sessions.Session session = sessions.open(userId, arn, duration(caller));
            return respond(xml -> xml.element(
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
                    .text("SourceIdentity", form.get("SourceIdentity")));
        }

        private Duration duration(Caller caller) throws AwsError {
            int seconds;
            try {
                seconds = Integer.parseInt(form.getOrDefault("DurationSeconds", "3600"));
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
            if (seconds > 3600 && sessions.session(caller.accessKeyId()).isPresent()) {
                throw AwsError.badRequest(
                        "ValidationError",
                        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
            }
            return Duration.ofSeconds(seconds);
        }

        private Response callerIdentity(Caller caller) {
            String userId = sessions.session(caller.accessKeyId())
                    .map(Sessions.Session::userId)
                    .orElse("AIDALOCALAWSUSER00000");
            return respond(xml -> xml.text("Arn", caller.arn())
                    .text("UserId", userId)
                    .text("Account", caller.place().account()));
        }

        private Response respond(Xml.Content result) {
            String document = Xml.document(
                    operation() + "Response",
                    NAMESPACE,
                    xml -> xml.element(operation() + "Result", result)
                            .element("ResponseMetadata", metadata -> metadata.text("RequestId", request.id())));
            return Response.ok("text/xml", document.getBytes(StandardCharsets.UTF_8));
        }

        private String required(String member) throws AwsError {
            String value = form.get(member);
            if (value == null || value.isEmpty()) {
                String path = Character.toLowerCase(member.charAt(0)) + member.substring(1);
                throw AwsError.badRequest(
                        "ValidationError",
                        "1 validation error detected: Value null at '" + path
                                + "' failed to satisfy constraint: Member must not be null");
            }
            return value;
        }
    }
}
