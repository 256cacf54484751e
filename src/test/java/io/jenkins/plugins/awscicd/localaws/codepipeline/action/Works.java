package io.jenkins.plugins.awscicd.localaws.codepipeline.action;

import io.jenkins.plugins.awscicd.localaws.Chance;
import io.jenkins.plugins.awscicd.localaws.Place;
import io.jenkins.plugins.awscicd.localaws.Timeline;
import io.jenkins.plugins.awscicd.localaws.codepipeline.Dialect;
import io.jenkins.plugins.awscicd.localaws.codepipeline.job.Jobs;
import io.jenkins.plugins.awscicd.localaws.s3.S3;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What actions do, by their providers: local AWS's own services where it has them; all else only takes its time. */
public final class Works {

    private final Place place;
    private final Timeline timeline;
    private final CodePipelineTiming timing;
    private final S3 s3;
    private final Chance chance;
    private final ServiceClients clients;
    private final Jobs jobs;
    private final Set<Dialect> dialects;
    private final Map<String, Simulation> simulations = new HashMap<>();
    /** By repository, and branch or commit. */
    private final Map<String, Commit> commits = new HashMap<>();

    public Works(
            Place place,
            Timeline timeline,
            CodePipelineTiming timing,
            S3 s3,
            Chance chance,
            ServiceClients clients,
            Jobs jobs,
            Set<Dialect> dialects) {
        this.place = place;
        this.timeline = timeline;
        this.timing = timing;
        this.s3 = s3;
        this.chance = chance;
        this.clients = clients;
        this.jobs = jobs;
        this.dialects = dialects;
    }

    public Simulation simulation(String pipeline) {
        return simulations.computeIfAbsent(pipeline, any -> new Simulation());
    }

    public void commit(String repository, String branch, Commit commit) {
        commits.put(repository + " " + branch, commit);
        commits.put(repository + " " + commit.id(), commit);
    }

    private Optional<Commit> commit(String repository, String branchOrId) {
        return Optional.ofNullable(commits.get(repository + " " + branchOrId));
    }

    public ActionWork of(ActionRun action) {
        if (action.custom()) {
            return jobs.workOf(action);
        }
        String console = "https://" + place.region() + ".console.aws.amazon.com/";
        return switch (action.provider()) {
            case "S3", "CodeCommit", "CodeStarSourceConnection" ->
                action.category().equals("Source")
                        ? new SourceWork(action, s3, this::commit, timeline::now)
                        : simulated(action);
            case "CodeBuild" ->
                Boolean.parseBoolean(action.configuration.get("BatchEnabled"))
                        ? new BatchWork(action, clients.codeBuild(), console, dialects)
                        : new BuildWork(action, clients.codeBuild(), s3, console);
            case "CodeDeploy" -> new DeployWork(action, clients.codeDeploy(), console);
            case "ElasticBeanstalk" -> new BeanstalkWork(action, clients.beanstalk(), console);
            case "CloudFormation" -> new StackWork(action, clients.cloudFormation(), s3, console);
            case "Manual" -> new ApprovalWork(action, chance.uuid(), timeline::now);
            default -> simulated(action);
        };
    }

    private ActionWork simulated(ActionRun action) {
        return new SimulatedWork(action, simulation(action.execution.pipelineName()), timing, timeline::now);
    }
}
