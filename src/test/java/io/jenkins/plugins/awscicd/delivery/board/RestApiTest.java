package io.jenkins.plugins.awscicd.delivery.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awscicd.delivery.run.AwsAction;
import io.jenkins.plugins.awscicd.delivery.store.Deployment;
import io.jenkins.plugins.awscicd.delivery.store.DeploymentVerdict;
import io.jenkins.plugins.awscicd.delivery.store.Deployments;
import io.jenkins.plugins.awscicd.delivery.store.Told;
import io.jenkins.plugins.awscicd.harness.WithSharedJenkins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What scripts read of our pages: as docs/board.md says, by names that stay. */
@WithSharedJenkins
class RestApiTest {

    private static JenkinsRule jenkins;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        rule.createFolder("web").createProject(FreeStyleProject.class, "main");
        Deployment deployment = Told.deployment("d-1", "prod", "web", 1);
        Deployments.get().started(deployment);
        Deployments.get()
                .ended(
                        "d-1",
                        DeploymentVerdict.SUCCESS,
                        null,
                        null,
                        deployment.started().plusSeconds(60));
    }

    /** Without what Jenkins adds. */
    private static JSONObject json(String path) throws Exception {
        return (JSONObject) bare(jenkins.createWebClient().getJSON(path).getJSONObject());
    }

    private static Object bare(Object json) {
        if (json instanceof JSONObject object) {
            object.remove("_class");
            object.values().forEach(RestApiTest::bare);
        } else if (json instanceof JSONArray array) {
            array.forEach(RestApiTest::bare);
        }
        return json;
    }

    @Test
    void historyIsAsDocumented() throws Exception {
        String page = Files.readString(Path.of("docs", "board.md"));
        int begin = page.indexOf("```json") + "```json".length();
        JSONObject documented = JSONObject.fromObject(page.substring(begin, page.indexOf("```", begin)));
        assertEquals(
                documented.toString(2),
                json("aws-deployments/history/api/json?application=web&stage=prod")
                        .toString(2));
    }

    @Test
    void treePicks() throws Exception {
        JSONObject board = json("aws-deployments/api/json?tree="
                + "applications[application,cells[column[stage],places[current[revision,number]]]]");
        assertEquals(
                JSONObject.fromObject("{applications: [{application: 'web', cells: [{column: {stage: 'prod'}, places: "
                                + "[{current: {number: 1, revision: 's3://releases/web/1.zip @ v1'}}]}]}]}")
                        .toString(),
                board.toString());
    }

    @Test
    void namesStayAndDepthIsBounded() throws Exception {
        Set<String> names = names(json("aws-deployments/api/json?depth=5"));
        assertEquals(
                words("applications.application applications.cells.column.stage applications.cells.column.target "
                        + "applications.cells.places.latest applications.cells.places.newerHidden "
                        + "applications.cells.places.progress applications.cells.places.target applications.problem "
                        + "columns.stage columns.target paging.page paging.pages paging.total problems total"),
                names.stream()
                        .filter(name -> !name.contains(".current."))
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(names, names(json("aws-deployments/api/json?depth=1000")), "nothing leads in a circle");
    }

    @Test
    void jobsOfARun() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("jobs");
        AwsAction.of(jenkins.buildAndAssertSuccess(job))
                .begin("step", "CodeBuild", "web & <b>", null, Instant.ofEpochMilli(7));
        JSONObject whole = json("job/jobs/1/aws/api/json?depth=3");
        assertEquals(
                words(
                        "count jobs.begun jobs.cause jobs.consoleUrl jobs.ended jobs.id jobs.name jobs.service jobs.stage "
                                + "jobs.started jobs.state jobs.status verdict"),
                names(whole));
        JSONObject record = whole.getJSONArray("jobs").getJSONObject(0);
        assertEquals("web & <b>", record.getString("name"));
        assertEquals(7, record.getLong("begun"));
        JSONObject picked = json("job/jobs/1/aws/api/json?tree=jobs[name]");
        assertEquals("{\"jobs\":[{\"name\":\"web & <b>\"}]}", picked.toString());
        assertTrue(json("job/jobs/1/api/json?depth=3").toString().contains("web & <b>"), "the run's own has it too");
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(Arrays.asList(text.split(" ")));
    }

    /** Each way to a value. */
    private static Set<String> names(Object json) {
        Set<String> names = new TreeSet<>();
        add("", json, names);
        return names;
    }

    private static void add(String at, Object json, Set<String> names) {
        if (json instanceof JSONObject object && !object.isNullObject()) {
            for (Object name : object.keySet()) {
                add(at + (at.isEmpty() ? "" : ".") + name, object.get(name), names);
            }
        } else if (json instanceof JSONArray array) {
            array.forEach(item -> add(at, item, names));
        } else {
            names.add(at);
        }
    }
}
