package io.jenkins.plugins.awscicd.localaws.codecommit;

import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.SimulatedTime;
import io.jenkins.plugins.awscicd.localaws.sts.Sessions;
import io.jenkins.plugins.awscicd.localaws.wire.Api;
import io.jenkins.plugins.awscicd.localaws.wire.AwsError;
import io.jenkins.plugins.awscicd.localaws.wire.Caller;
import io.jenkins.plugins.awscicd.localaws.wire.CommonFault;
import io.jenkins.plugins.awscicd.localaws.wire.Request;
import io.jenkins.plugins.awscicd.localaws.wire.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CodeCommit's repositories for git: its own smart HTTP server ({@code git http-backend}) behind a look at the password. They are those
 * of the home region, and of the account of who asks.
 */
public final class GitApi implements Api {

    private static final Pattern PATH = Pattern.compile("(/v1/repos/([\\w.-]{1,100}))(/.+)");

    private final Function<Place, CodeCommit> places;
    private final Sessions sessions;
    private final SimulatedTime time;

    public GitApi(Function<Place, CodeCommit> places, Sessions sessions, SimulatedTime time) {
        this.places = places;
        this.sessions = sessions;
        this.time = time;
    }

    @Override
    public String name() {
        return "CodeCommit";
    }

    @Override
    public Exchange open(Request request) {
        Matcher path = PATH.matcher(request.path());
        return path.matches() ? new GitExchange(request, path) : null;
    }

    @Override
    public Response error(AwsError error, Request request) {
        return Response.error(error, "text/plain", (error.getMessage() + "\n").getBytes(StandardCharsets.UTF_8))
                .with("WWW-Authenticate", error.status() == 401 ? "Basic realm=\"CodeCommit\"" : null);
    }

    @Override
    public AwsError fault(CommonFault fault, String operation, Caller caller) {
        return switch (fault) {
            case THROTTLED -> new AwsError(429, "Throttling", "Rate exceeded");
            case INTERNAL -> new AwsError(500, "InternalFailure", "Internal failure");
            case UNAVAILABLE -> new AwsError(503, "ServiceUnavailable", "Service unavailable");
            case EXPIRED_TOKEN, ACCESS_DENIED, CLOCK, UNSIGNED -> new AwsError(403, "AccessDenied", "Forbidden");
        };
    }

    /** Some request of a clone, a fetch or a push. */
    private final class GitExchange implements Exchange {

        private final Request request;
        private final Matcher path;

        GitExchange(Request request, Matcher path) {
            this.request = request;
            this.path = path;
        }

        private boolean isPush() {
            return "git-receive-pack".equals(request.query("service"))
                    || request.path().endsWith("/git-receive-pack");
        }

        /** As in IAM's policies. */
        @Override
        public String operation() {
            return isPush() ? "GitPush" : "GitPull";
        }

        @Override
        public String resource() {
            return path.group(2);
        }

        /** It is signed in another way than other calls. */
        @Override
        public boolean anonymous() {
            return true;
        }

        @Override
        public Response carryOut(Caller caller) throws AwsError, IOException {
            Optional<GitUser> user = GitUser.of(request);
            if (user.isEmpty()) {
                throw new AwsError(401, "Unauthorized", "Authentication is required");
            }
            String account = sessions.session(user.get().accessKeyId())
                    .map(session -> session.arn().split(":")[4])
                    .orElse(sessions.home().account());
            Place place = new Place(account, sessions.home().region());
            String host = request.header("Host").replaceFirst(":\\d+$", "");
            if (!user.get().may(host, path.group(1), place, sessions, time.clientNow())) {
                throw new AwsError(403, "AccessDenied", "Forbidden");
            }
            CodeCommit service = places.apply(place);
            Repository repository = service.find(path.group(2))
                    .orElseThrow(() -> new AwsError(404, "RepositoryDoesNotExist", "Repository not found"));
            Response response = isPush()
                    ? service.changing(repository, () -> serve(repository, user.get()))
                    : serve(repository, user.get());
            service.defaultBranch(repository);
            return response;
        }

        @Override
        public Response notYetVisible(Caller caller) throws AwsError {
            throw new AwsError(404, "RepositoryDoesNotExist", "Repository not found");
        }

        private Response serve(Repository repository, GitUser user) throws IOException {
            Map<String, String> environment = new HashMap<>(Map.of(
                    "GIT_PROJECT_ROOT", repository.directory().toString(),
                    "GIT_HTTP_EXPORT_ALL", "1",
                    "PATH_INFO", path.group(3),
                    "REMOTE_USER", user.accessKeyId(),
                    "REQUEST_METHOD", request.method()));
            if (request.hasQuery("service")) {
                environment.put("QUERY_STRING", "service=" + request.query("service"));
            }
            put(environment, "CONTENT_TYPE", request.header("Content-Type"));
            put(environment, "CONTENT_LENGTH", request.header("Content-Length"));
            put(environment, "HTTP_CONTENT_ENCODING", request.header("Content-Encoding"));
            put(environment, "GIT_PROTOCOL", request.header("Git-Protocol"));
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            GitProgram.run(repository.directory(), environment, request.body(), said, "http-backend");
            return response(said.toByteArray());
        }

        private static void put(Map<String, String> environment, String name, String value) {
            if (value != null) {
                environment.put(name, value);
            }
        }

        /** What a program for CGI says: headers, an empty line, the body. */
        private static Response response(byte[] said) {
            String text = new String(said, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            Map<String, String> headers = new LinkedHashMap<>();
            int status = 200;
            for (String line : text.substring(0, Math.max(end, 0)).split("\r\n")) {
                int colon = line.indexOf(':');
                if (line.startsWith("Status:")) {
                    status = Integer.parseInt(line.substring(colon + 1).strip().split(" ")[0]);
                } else if (colon > 0) {
                    headers.put(
                            line.substring(0, colon), line.substring(colon + 1).strip());
                }
            }
            byte[] body = text.substring(end < 0 ? 0 : end + 4).getBytes(StandardCharsets.ISO_8859_1);
            Response.Body content = Response.ok("text/plain", body).body();
            return new Response(status, headers, content, status == 200 ? "ok" : String.valueOf(status), null);
        }
    }
}
