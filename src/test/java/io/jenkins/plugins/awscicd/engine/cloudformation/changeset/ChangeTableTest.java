package io.jenkins.plugins.awscicd.engine.cloudformation.changeset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awscicd.engine.cloudformation.PropertyChange;
import io.jenkins.plugins.awscicd.engine.cloudformation.ResourceChange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people are shown of a change set. */
class ChangeTableTest {

    private static String line(String before, String after) {
        ResourceChange change = new ResourceChange(
                "Modify",
                "Fleet",
                "lt-1",
                "AWS::EC2::LaunchTemplate",
                "False",
                "",
                "",
                List.of(new PropertyChange("Data", before, after, "Never", "")));
        return ChangeTable.lines(List.of(change)).get(1).strip();
    }

    @Test
    void ofLongValuesThePartIsShownThatDiffers() {
        String same = "{\"ImageId\":\"ami-0a1b2c3d4e5f60718\",\"InstanceType\":\"t3.micro\",\"IamInstanceProfile\":{},";
        String line = line(same + "\"SecurityGroupIds\":[\"sg-1\"]}", same + "\"SecurityGroupIds\":[\"sg-2\"]}");
        assertEquals("Data: …urityGroupIds\":[\"sg-1\"]} → …urityGroupIds\":[\"sg-2\"]}", line);
    }

    @Test
    void ofLongValuesThatDifferEarlyTheBeginIsShown() {
        String line = line("one" + "x".repeat(100), "two" + "x".repeat(100));
        assertEquals("Data: one" + "x".repeat(20) + "… → two" + "x".repeat(20) + "…", line);
    }

    @Test
    void whereOneIsTheBeginOfTheOtherItsEndIsShown() {
        String line = line("a".repeat(100), "a".repeat(100) + ",b");
        assertEquals("Data: …" + "a".repeat(20) + " → …" + "a".repeat(20) + ",b", line);
    }

    @Test
    void whatAwsFindsOutOnlyThenIsSaidInWords() {
        assertEquals("Data: sg-1 → (known afterwards)", line("sg-1", "{{changeSet:KNOWN_AFTER_APPLY}}"));
    }

    @Test
    void shortValuesAreShownAsTheyAre() {
        assertEquals("Data: t3.micro → t3.small", line("t3.micro", "t3.small"));
        assertTrue(line("x".repeat(90), null).startsWith("Data: " + "x".repeat(80) + "… is removed"));
    }
}
