package io.jenkins.plugins.awscicd.engine.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.access.AwsAccess;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {

    private static final String LONG = "a-rather-long-name-of-an-environment-prod"; // 41 letters

    private static Target environment(String name) {
        return new Target(Target.Service.BEANSTALK, "eu-west-1", null, "web", name);
    }

    private static AwsAccess access(String credentials, String role, String endpoint) {
        return new AwsAccess("eu-west-1", credentials, role, null, null, endpoint);
    }

    @Test
    void aRegionIsTheSameHoweverItIsWritten() {
        Target here = environment("web-prod");
        for (String region : new String[] {"eu-west-1", "EU-West-1", "fips-eu-west-1", "eu-west-1-fips", null}) {
            assertFalse(here.isElsewhere(region, "123456789012"), region);
        }
        assertTrue(here.isElsewhere("eu-west-2", null));
    }

    @Test
    void aCloneIsKnownByTheNameItWasMadeOf() {
        assertTrue(environment("web-prod-3f2a").isNamed("Web-Prod"));
        assertTrue(environment("web-prod-3f2a").isNamed("web-prod-3f2a"));
        assertFalse(environment("web-prod-3f2a").isNamed("web-production"));
        assertFalse(environment("web-prod-3f2g").isNamed("web-prod"));
        assertFalse(environment("web-prod").isNamed(null));
        String whole = LONG.substring(0, 40);
        assertTrue(environment(whole.substring(0, 35) + "-3f2a").isNamed(whole), "cut, as names have 40 letters");
        assertFalse(environment(whole.substring(0, 34) + "-3f2a").isNamed(whole));
        assertFalse(environment(whole.substring(0, 35)).isNamed(whole));
    }

    @Test
    void aStackBelongsToTheStageWhosePatternItFits() {
        StageTargets prod = new StageTargets(
                access(null, null, null),
                "web",
                "prod",
                "web",
                "prod",
                List.of(NamePatterns.of("web/prod-*, stack/web-*")));
        assertTrue(prod.owns(stack("web-fleet")));
        assertTrue(prod.owns(stack("WEB-fleet")));
        assertFalse(prod.owns(stack("prod")), "the default environment is no stack");
        assertFalse(prod.owns(stack("prod-1")));
        assertFalse(prod.hasAnother(stack("other")));
        assertEquals("stack web-fleet", stack("web-fleet").toString());
    }

    @Test
    void whatCustomersComeToByANameOfTheStageIsLiveThere() {
        StageTargets prod = new StageTargets(
                access(null, null, null),
                null,
                null,
                "web",
                "web-prod",
                List.of(NamePatterns.of("web/shop, web/web-*")));
        Target clone = environment("web-prod-3f2a");
        assertTrue(prod.isServedBy(clone.serving("web-prod.eba-x2.eu-west-1.elasticbeanstalk.com")));
        assertTrue(prod.isServedBy(clone.serving("shop.eba-x2.eu-west-1.elasticbeanstalk.com")));
        assertFalse(prod.isServedBy(clone.serving("web-idle.eba-x2.eu-west-1.elasticbeanstalk.com")));
        assertFalse(prod.isServedBy(clone), "nobody knows");
        assertFalse(
                prod.isServedBy(clone.serving("web-prod-3f2a.eba-x2.eu-west-1.elasticbeanstalk.com")),
                "AWS has chosen it");
        assertFalse(prod.isServedBy(group("prod")));
    }

    /** What a step has called so may be anything. */
    @Test
    void aStageThatOnlyNamesPatternsHasNothingElse() {
        StageTargets dev = new StageTargets(
                access(null, null, null), "web", null, null, null, List.of(NamePatterns.of("web/dev-*")));
        assertFalse(dev.hasAnother(group("dev-1")));
        assertTrue(dev.hasAnother(group("scratch")));
        StageTargets none =
                new StageTargets(access(null, null, null), "web", null, null, null, List.of(NamePatterns.of(null)));
        assertFalse(none.hasAnother(group("scratch")));
    }

    private static Target group(String name) {
        return new Target(Target.Service.CODE_DEPLOY, "eu-west-1", null, "web", name);
    }

    private static Target stack(String name) {
        return new Target(Target.Service.CLOUD_FORMATION, "eu-west-1", null, name, name);
    }

    @Test
    void anAccountIsThatOfTheRoleOrOfTheCredentials() {
        String role = "arn:aws:iam::210987654321:role/delivery";
        String ofRole = Target.whose(access("a", role, null));
        assertEquals(ofRole, Target.whose(access("b", role + "/other", null)));
        assertNotEquals(ofRole, Target.whose(access("a", null, null)));
        assertNotEquals(ofRole, Target.whose(access("a", role.replace("21098", "99999"), null)));
        assertNotEquals(ofRole, Target.whose(access("a", role, "http://127.0.0.1:1")));
        assertNotEquals(Target.whose(access("a", null, null)), Target.whose(access("b", null, null)));
        assertNotEquals(Target.whose(access("a", null, null)), Target.whose(access(null, null, null)));
    }

    @Test
    void anEnvironmentIsKnownByWhatItServesForAsLongAsItDoes() {
        Target live = environment("web-b").serving("web-prod.eba-x2.eu-west-1.elasticbeanstalk.com");
        assertTrue(live.isNamed("web-prod"));
        assertTrue(live.isNamed("Web-B"));
        assertTrue(live.isNamed("web-prod.eba-x2.eu-west-1.elasticbeanstalk.com"));
        assertFalse(live.isNamed("web-prod-b"));
        assertFalse(environment("web-b").isNamed("web-prod"));
        assertFalse(
                live.serving("web-idle.eba-x2.eu-west-1.elasticbeanstalk.com").isNamed("web-prod"));
        Target group = new Target(Target.Service.CODE_DEPLOY, null, null, "web", "b").serving("web-prod");
        assertFalse(group.isNamed("web-prod"), "a deployment group serves nothing by itself");
    }

    @Test
    void aCnameIsAnotherOnceBothAreKnownInWhole() {
        Target live = environment("web-b").serving("shop.eba-x2.eu-west-1.elasticbeanstalk.com");
        for (String same : List.of(
                "shop.eba-x2.eu-west-1.elasticbeanstalk.com",
                "Shop.eba-x2.eu-west-1.ElasticBeanstalk.com",
                "shop.eba-x2.eu-west-1.elasticbeanstalk.com.")) {
            assertTrue(live.serves(same), same);
            assertTrue(live.mayServe(same), same);
        }
        assertFalse(live.serves("SHOP"), "there may be two of them");
        assertTrue(live.mayServe("SHOP"));
        for (String other :
                List.of("shop.eu-west-1.elasticbeanstalk.com", "shop.eba-x3.eu-west-1.elasticbeanstalk.com")) {
            assertFalse(live.mayServe(other), other);
            assertFalse(live.serves(other), other);
        }
        assertFalse(live.mayServe(null));
        assertFalse(environment("web-b").mayServe("shop"), "it has none");
    }

    @Test
    void onlyAccountsThatAreKnownAreOthers() {
        String role = "arn:aws:iam::210987654321:role/delivery";
        String one = Target.whose(access("a", role, null));
        assertTrue(Target.areOthers(one, Target.whose(access("a", role.replace("21098", "99999"), null))));
        for (AwsAccess same : List.of(
                access("b", role + "/other", null),
                access("a", role, "https://vpce-1.elasticbeanstalk.eu-west-1.vpce.amazonaws.com"),
                access("a", "delivery", null),
                access("b", null, null),
                access(null, null, null))) {
            assertFalse(Target.areOthers(one, Target.whose(same)), Target.whose(same));
            assertFalse(Target.areOthers(Target.whose(same), one), Target.whose(same));
        }
        assertFalse(Target.areOthers(one, null), "an earlier version has not kept it");
    }

    /** AWS calls an environment by its name where nobody has chosen another CNAME. */
    @Test
    void theNameOfAnEnvironmentIsThePublicOneUnlessAnotherWasChosen() {
        StageTargets prod = new StageTargets(
                access(null, null, null), null, null, "web", "web-a", List.of(NamePatterns.of("web/*")));
        String domain = ".eba-x2.eu-west-1.elasticbeanstalk.com";
        Target live = environment("web-a").serving("web-a" + domain);
        assertTrue(prod.isCalledAs(live, environment("web-b").serving("web-b" + domain)));
        assertTrue(prod.isCalledAs(
                environment("web-b").serving("web-a" + domain),
                environment("web-a").serving("web-b" + domain)));
        assertFalse(prod.isCalledAs(live, environment("web-b").serving("shop" + domain)));
        assertFalse(prod.isCalledAs(live, environment("web-b").serving("web-a.eu-west-1.elasticbeanstalk.com")));
        assertFalse(prod.isCalledAs(environment("web-b").serving("web-b" + domain), live));
        assertFalse(prod.isCalledAs(live, environment("web-b")), "nobody knows");
    }
}
