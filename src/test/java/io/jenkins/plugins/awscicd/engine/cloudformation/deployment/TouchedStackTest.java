package io.jenkins.plugins.awscicd.engine.cloudformation.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.job.Gate;
import io.jenkins.plugins.awscicd.engine.job.Refused;
import io.jenkins.plugins.awscicd.engine.job.Touched;
import io.jenkins.plugins.awscicd.engine.job.execution.Verdict;
import io.jenkins.plugins.awscicd.localaws.cloudformation.stack.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guards hear of all that goes with a stack: what it is nested in, who AWS is there, and what its resources are. */
class TouchedStackTest extends SteppedStacks {

    private static final String ROLE = "arn:aws:iam::123456789012:role/prod";
    private static final String URL = "https://templates.s3.eu-west-1.amazonaws.com/";
    private static final String GROUP = template(
            "Resources:",
            "  App: {Type: 'AWS::CodeDeploy::Application', Properties: {ApplicationName: shop}}",
            "  Group:",
            "    Type: AWS::CodeDeploy::DeploymentGroup",
            "    DependsOn: App",
            "    Properties: {ApplicationName: shop, DeploymentGroupName: live, ServiceRoleArn: " + ROLE + "}");
    private static final String TOPIC = "  Topic: {Type: 'AWS::SNS::Topic', Properties: {TopicName: %s}}";

    /** What it was asked about. */
    private static final class Asked implements Gate {

        private final Set<String> looks = new LinkedHashSet<>();
        private final List<List<String>> within = new ArrayList<>();
        private final TreeSet<String> touched = new TreeSet<>();
        private String refused = "nothing";

        @Override
        public boolean isGuarded() {
            return true;
        }

        @Override
        public void look(Where where, Collection<String> roles) {
            looks.add(where.name() + " in " + where.within() + " as " + roles);
            refuse(where.within().toString());
        }

        @Override
        public void touch(Collection<Touched> all) {
            all.forEach(it -> touched.add(it.resource() + ": " + it.describe()));
            refuse(touched.toString());
        }

        @Override
        public void pass(String application, String target, String revision) {
            throw new AssertionError("is asked otherwise");
        }

        @Override
        public void pass(Where where, What what) {
            within.add(where.within());
        }

        private void refuse(String what) {
            if (what.contains(refused)) {
                throw new Refused(what);
            }
        }

        Asked refusing(String what) {
            refused = what;
            return this;
        }
    }

    private final Asked asked = new Asked();

    @BeforeEach
    void templates() {
        bench.aws().s3().createBucket("templates", false);
        store("group.yaml", GROUP);
        store("middle.yaml", outer("group.yaml", ""));
        store("middle2.yaml", outer("group.yaml", TOPIC.formatted("middle")));
    }

    private void store(String key, String content) {
        bench.aws().s3().put("templates", key, content.getBytes(StandardCharsets.UTF_8));
    }

    private static String outer(String key, String more) {
        return template(
                "Resources:",
                "  Net: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: " + URL + key + "}}",
                more.isEmpty() ? "" : more);
    }

    private String nested(String stack) {
        String arn =
                bench.aws().cloudFormation().stack(stack).resources().get("Net").physicalId();
        return arn.split("/")[1];
    }

    @Test
    void aNestedStackIsKnownByThoseThatItIsIn() {
        deployed(outer("middle.yaml", ""));
        String middle = nested("web");
        String inner = nested(middle);
        Step step = deploy(GROUP + TOPIC.formatted("inner") + "\n")
                .with("stack", inner)
                .behind(asked)
                .run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
        assertEquals(Set.of(inner + " in [" + middle + ", web] as []"), asked.looks);
        assertEquals(List.of(List.of(middle, "web")), asked.within);
        for (Map<String, Object> what : List.<Map<String, Object>>of(
                Map.of("template", Map.of("body", GROUP)),
                Map.of("template", Map.of("body", GROUP), "execute", false),
                Map.of("delete", true),
                Map.of("driftOnly", true))) {
            Step other = step().with("stack", inner).behind(new Asked().refusing("web"));
            what.forEach(other::with);
            other.run();
            assertEquals(Verdict.End.REFUSED, other.verdict(), () -> what + " " + other.why());
        }
        assertEquals(2, calls("CreateChangeSet"));
        assertEquals(0, calls("DeleteStack"));
        assertEquals(0, calls("DetectStackDrift"));
    }

    @Test
    void theRoleThatAStackWasGivenIsUsedUnlessAnotherOneIs() {
        deploy(TWO).with("roleArn", ROLE).run();
        deploy(TWO).with("parameters", Map.of("Size", "large")).behind(asked).run();
        step().with("delete", true).behind(asked).with("roleArn", ROLE + "-2").run();
        assertEquals(Set.of("web in [] as [" + ROLE + "]", "web in [] as []"), asked.looks);
    }

    /** What is there already is AWS's to go on with. */
    @Test
    void whatHasBegunIsNotRefusedAnyMore() {
        Step step = deploy(TWO).behind(asked).begin();
        bench.advanceUntil(() -> calls("ExecuteChangeSet") == 1, LONG);
        step.crash();
        bench.advance(1);
        asked.refusing("[]");
        step.restart().end();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatATemplateMakesAndDeletesIsAskedAbout(Dialect dialect) {
        bench.aws().cloudFormation().speak(dialect);
        boolean shown = dialect != Dialect.VALUES_LOSE_CHANGES;
        Step refused =
                deploy(GROUP).behind(asked.refusing("Group: deployment group")).run();
        assertEquals(Verdict.End.REFUSED, refused.verdict(), refused::why);
        assertEquals(0, calls("ExecuteChangeSet"));
        assertTrue(
                asked.touched.contains(shown ? "Group: deployment group live of shop" : "Group: deployment group"),
                asked.touched::toString);
        assertEquals(shown, asked.touched.contains("Group: role " + ROLE));
        deployed(GROUP + TOPIC.formatted("a") + "\n");
        for (Step step : List.of(
                deploy(GROUP.replace(ROLE, ROLE + "2")),
                deploy(template("Resources:", TOPIC.formatted("a"))),
                step().with("delete", true))) {
            Asked other = new Asked().refusing("Group: deployment group live");
            step.behind(other).run();
            assertEquals(Verdict.End.REFUSED, step.verdict(), () -> step.why() + other.touched);
        }
        assertTrue(bench.aws().codeDeploy().has("shop", "live"));
    }

    @Test
    void whatIsPlannedOnlyIsShown() {
        Step step = deploy(GROUP)
                .with("execute", false)
                .behind(asked.refusing("Group"))
                .run();
        assertEquals(Verdict.End.SUCCEEDED, step.verdict(), step::why);
    }

    @Test
    void whatNestedStacksMakeChangeAndDeleteIsAskedAbout() {
        Step refused = deploy(outer("middle.yaml", ""))
                .behind(asked.refusing("Net/Net/Group: deployment group live of shop"))
                .run();
        assertEquals(Verdict.End.REFUSED, refused.verdict(), refused::why);
        deployed(outer("middle.yaml", TOPIC.formatted("a")));
        String middle = nested("web");
        for (Step step : List.of(
                deploy(template("Resources:", TOPIC.formatted("a"))), // and nothing is nested any more
                step().with("delete", true))) {
            Asked other = new Asked().refusing("Net/Net/Group: deployment group live");
            step.behind(other).run();
            assertEquals(Verdict.End.REFUSED, step.verdict(), () -> step.why() + other.touched);
            assertTrue(other.touched.contains("Net: stack " + middle), other.touched::toString);
        }
        assertEquals(0, calls("DeleteStack"));
    }

    /** It may be anything. */
    @Test
    void whatIsNotShownIsAskedAboutToo() {
        Step hidden = deploy(outer("group.yaml", ""))
                .with("includeNestedStacks", false)
                .behind(asked.refusing("Net: what is not shown"))
                .run();
        assertEquals(Verdict.End.REFUSED, hidden.verdict(), () -> hidden.why() + asked.touched);
        deployed(outer("group.yaml", ""));
        Asked again = new Asked();
        Step shown =
                deploy(outer("group.yaml", TOPIC.formatted("b"))).behind(again).run();
        assertEquals(Verdict.End.SUCCEEDED, shown.verdict(), shown::why);
        assertFalse(again.touched.toString().contains("not shown"), again.touched::toString);
    }

    /** They are named by what another resource is called, or by a reference that is followed later. */
    @ParameterizedTest
    @ValueSource(strings = {"!Ref Topic", "'{{resolve:ssm:/name}}'"})
    void namesThatAreKnownLaterMayBeAny(String name) {
        String environment = template(
                "Resources:",
                "  Topic: {Type: 'AWS::SNS::Topic', Properties: {}}",
                "  Live:",
                "    Type: AWS::ElasticBeanstalk::Environment",
                "    Properties: {ApplicationName: " + name + ", EnvironmentName: " + name + "}",
                "  Next:",
                "    Type: AWS::ElasticBeanstalk::Environment",
                "    Properties: {ApplicationName: shop, CNAMEPrefix: shop-live}");
        Step step = deploy(environment).behind(asked.refusing("environment")).run();
        assertEquals(Verdict.End.REFUSED, step.verdict(), step::why);
        assertTrue(asked.touched.contains("Live: environment"), asked.touched::toString);
        assertTrue(asked.touched.contains("Next: environment web-Next- of shop"), asked.touched::toString);
    }

    @Test
    void aStackThatIsImportedIsAskedAbout() {
        deploy(GROUP).with("stack", "other").run();
        String importing = template(
                "Resources:",
                "  Topic: {Type: 'AWS::SNS::Topic', Properties: {}}",
                "  Net:",
                "    Type: AWS::CloudFormation::Stack",
                "    DeletionPolicy: Retain",
                "    Properties: {TemplateURL: " + URL + "group.yaml}");
        deployed(template("Resources:", "  Topic: {Type: 'AWS::SNS::Topic', Properties: {}}"));
        String id = bench.aws().cloudFormation().stack("other").id();
        Step step = deploy(importing)
                .with(
                        "resourcesToImport",
                        List.of(Map.of(
                                "type",
                                "AWS::CloudFormation::Stack",
                                "id",
                                "Net",
                                "identifier",
                                Map.of("StackId", id))))
                .behind(asked.refusing("Net: stack other"))
                .run();
        assertEquals(Verdict.End.REFUSED, step.verdict(), () -> step.why() + asked.touched);
    }

    /** Who may use a role is another matter than whose it is. */
    @Test
    void rolesOfPoliciesAreNotGivenToAnybody() {
        deploy(template(
                        "Resources:",
                        "  Bucket: {Type: 'AWS::S3::Bucket', Properties: {BucketName: b}}",
                        "  Policy:",
                        "    Type: AWS::S3::BucketPolicy",
                        "    Properties: {Bucket: b, PolicyDocument: {Statement: [{Principal: {AWS: '" + ROLE
                                + "'}}]}}",
                        "  Attached:",
                        "    Type: AWS::IAM::ManagedPolicy",
                        "    Properties: {Roles: [prod], PolicyDocument: {Statement: []}}",
                        "  Fleet:",
                        "    Type: AWS::EC2::LaunchTemplate",
                        "    Properties: {LaunchTemplateData: {IamInstanceProfile: {Name: fleet}}}",
                        "  Live:",
                        "    Type: AWS::ElasticBeanstalk::ConfigurationTemplate",
                        "    Properties:",
                        "      OptionSettings: [{Namespace: 'aws:a', OptionName: IamInstanceProfile, Value: own}]"))
                .with("capabilities", List.of("CAPABILITY_NAMED_IAM"))
                .behind(asked.refusing("role"))
                .run();
        assertEquals("[Attached: role prod, Fleet: role fleet, Live: role own]", asked.touched.toString());
    }
}
