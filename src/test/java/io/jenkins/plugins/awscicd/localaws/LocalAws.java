package io.jenkins.plugins.awscicd.localaws;

import io.jenkins.plugins.awscicd.localaws.beanstalk.Beanstalk;
import io.jenkins.plugins.awscicd.localaws.beanstalk.BeanstalkApi;
import io.jenkins.plugins.awscicd.localaws.cloudformation.CloudFormation;
import io.jenkins.plugins.awscicd.localaws.cloudformation.CloudFormationApi;
import io.jenkins.plugins.awscicd.localaws.codebuild.CodeBuild;
import io.jenkins.plugins.awscicd.localaws.codebuild.CodeBuildApi;
import io.jenkins.plugins.awscicd.localaws.codecommit.CodeCommit;
import io.jenkins.plugins.awscicd.localaws.codecommit.CodeCommitApi;
import io.jenkins.plugins.awscicd.localaws.codecommit.GitApi;
import io.jenkins.plugins.awscicd.localaws.codedeploy.CodeDeploy;
import io.jenkins.plugins.awscicd.localaws.codedeploy.CodeDeployApi;
import io.jenkins.plugins.awscicd.localaws.codepipeline.CodePipeline;
import io.jenkins.plugins.awscicd.localaws.codepipeline.CodePipelineApi;
import io.jenkins.plugins.awscicd.localaws.events.EventBridge;
import io.jenkins.plugins.awscicd.localaws.logs.Logs;
import io.jenkins.plugins.awscicd.localaws.logs.LogsApi;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import io.jenkins.plugins.awscicd.localaws.s3.S3Api;
import io.jenkins.plugins.awscicd.localaws.sns.Sns;
import io.jenkins.plugins.awscicd.localaws.sns.SnsApi;
import io.jenkins.plugins.awscicd.localaws.sqs.Sqs;
import io.jenkins.plugins.awscicd.localaws.sqs.SqsApi;
import io.jenkins.plugins.awscicd.localaws.sts.Sessions;
import io.jenkins.plugins.awscicd.localaws.sts.Sts;
import io.jenkins.plugins.awscicd.localaws.sts.StsApi;
import io.jenkins.plugins.awscicd.localaws.wire.DirectCall;
import io.jenkins.plugins.awscicd.localaws.wire.DirectHttpClient;
import io.jenkins.plugins.awscicd.localaws.wire.Response;
import io.jenkins.plugins.awscicd.localaws.wire.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * S3, STS, SNS, SQS, CloudWatch Logs, CodeCommit, CodeBuild, CodeDeploy, Elastic Beanstalk, CloudFormation and CodePipeline in this process, for the AWS SDK and the AWS CLI as
 * they are: give them {@link #endpoint()} and any credentials. It listens on the loopback interface only and keeps nothing when it is closed.
 *
 * <p>Resources belong to the account and the region that a call is signed for, as in AWS; the objects given out here are those of the
 * home account and region unless a {@link Place} is named.
 */
public final class LocalAws implements AutoCloseable {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    private final LocalAwsBuilder settings;
    private final Place home;
    private final boolean ownsData;
    private final Path data;
    private final Calls calls = new Calls();
    private final Faults faults;
    private final S3 s3;
    private final Services services;
    private final Sts sts;
    private final Gateway gateway;
    private final Transport transport;

    LocalAws(LocalAwsBuilder settings) throws IOException {
        this.settings = settings;
        home = new Place(settings.account, settings.region);
        ownsData = settings.data == null;
        data = ownsData
                ? Files.createTempDirectory("local-aws")
                : Files.createDirectories(settings.data).toAbsolutePath();
        faults = new Faults(settings.chance);
        s3 = new S3(data.resolve("s3"), settings.time, settings.chance, home);
        Sessions sessions = new Sessions(home, settings.time, settings.chance);
        services = new Services(settings, s3, data, this::endpoint, this::httpClient, sessions);
        sts = new Sts(sessions);
        gateway = new Gateway(
                List.of(
                        CodeBuildApi.of(this::codeBuild),
                        CodeDeployApi.of(this::codeDeploy),
                        BeanstalkApi.of(this::beanstalk),
                        CloudFormationApi.of(this::cloudFormation),
                        CodePipelineApi.of(this::codePipeline),
                        LogsApi.of(this::logs),
                        StsApi.of(sts, sessions),
                        SnsApi.of(this::sns),
                        SqsApi.of(this::sqs),
                        CodeCommitApi.of(this::codeCommit),
                        new GitApi(this::codeCommit, sessions, settings.time),
                        new S3Api(s3, settings.time, sessions)),
                sessions,
                settings.time,
                settings.chance,
                calls,
                faults);
        transport = settings.unreachable ? null : new Transport(settings.port, gateway::answer, time());
    }

    public static LocalAwsBuilder builder() {
        return new LocalAwsBuilder();
    }

    /** The one endpoint of all services. */
    public URI endpoint() {
        return transport == null ? NOWHERE : transport.endpoint();
    }

    /**
     * Calls this local AWS on the caller's own thread, without a network between: for clients that make very many calls, and for
     * what has to happen in the same order each time.
     */
    public SdkHttpClient httpClient() {
        return new DirectHttpClient(gateway::answer, settings.chance, time());
    }

    /** Carries out the calls of {@link io.jenkins.plugins.awscicd.localaws.direct.DirectClients} on the caller's own thread. */
    public DirectCall.Handler direct() {
        return call -> {
            Response answer = gateway.answer(call);
            if (answer == null) {
                throw new SocketException("Connection reset");
            }
            return answer;
        };
    }

    /** The account and region of what is given out here. */
    public Place home() {
        return home;
    }

    public SimulatedTime time() {
        return settings.time;
    }

    public Calls calls() {
        return calls;
    }

    public Faults faults() {
        return faults;
    }

    public S3 s3() {
        return s3;
    }

    public Sts sts() {
        return sts;
    }

    public Logs logs() {
        return logs(home);
    }

    public Logs logs(Place place) {
        return services.logs().at(place);
    }

    public Sns sns() {
        return sns(home);
    }

    public Sns sns(Place place) {
        return services.topics().at(place);
    }

    public EventBridge events() {
        return events(home);
    }

    public EventBridge events(Place place) {
        return services.buses().at(place);
    }

    public Sqs sqs() {
        return sqs(home);
    }

    public Sqs sqs(Place place) {
        return services.queues().at(place);
    }

    public CodeBuild codeBuild() {
        return codeBuild(home);
    }

    public CodeBuild codeBuild(Place place) {
        return services.codeBuilds().at(place);
    }

    public CodeDeploy codeDeploy() {
        return codeDeploy(home);
    }

    public CodeDeploy codeDeploy(Place place) {
        return services.codeDeploys().at(place);
    }

    public Beanstalk beanstalk() {
        return beanstalk(home);
    }

    public Beanstalk beanstalk(Place place) {
        return services.beanstalks().at(place);
    }

    public CloudFormation cloudFormation() {
        return cloudFormation(home);
    }

    public CloudFormation cloudFormation(Place place) {
        return services.cloudFormations().at(place);
    }

    public CodePipeline codePipeline() {
        return codePipeline(home);
    }

    public CodePipeline codePipeline(Place place) {
        return services.codePipelines().at(place);
    }

    public CodeCommit codeCommit() {
        return codeCommit(home);
    }

    public CodeCommit codeCommit(Place place) {
        return services.codeCommits().at(place);
    }

    /** Ends everything: no build runs on, and files are deleted unless they are in a directory that was named. */
    @Override
    public void close() {
        gateway.close();
        services.close();
        if (transport != null) {
            transport.close();
        }
        settings.time.close();
        if (ownsData) {
            try {
                Trees.delete(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
