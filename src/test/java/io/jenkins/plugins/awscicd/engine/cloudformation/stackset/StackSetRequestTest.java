package io.jenkins.plugins.awscicd.engine.cloudformation.stackset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AWS would refuse is refused before, by the name of the argument. */
class StackSetRequestTest {

    private static final Map<String, Object> UNITS =
            Map.of("stackSet", "all", "organizationalUnits", "ou-ab12-11111111", "regions", "eu-west-1");

    private static List<String> problems(boolean deletes, String... arguments) {
        Map<String, Object> all = new HashMap<>(UNITS);
        if (deletes) {
            all.put("delete", true);
        } else {
            all.put("template", Map.of("body", "Resources: {}"));
        }
        for (String argument : arguments) {
            if (argument.contains("=")) {
                all.put(argument.split("=")[0], argument.split("=")[1]);
            } else if (argument.startsWith("-")) {
                all.remove(argument.substring(1));
            }
        }
        return new StackSetRequest(all).problems();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | accountFilter=UNION accounts=123456789012 | accountFilter: ",
                "false | accountFilter=UNION | accountFilter: ",
                "false | accountFilter=NONE accounts=123456789012 | accounts: ",
                "false | accountFilter=INTERSECTION | accounts: ",
                "false | accountFilter=DIFFERENCE | accounts: ",
                "false | accounts=123456789012 | accountFilter: ",
                "false | permissionModel=SELF_MANAGED | organizationalUnits: ",
                "false | permissionModel=SELF_MANAGED -organizationalUnits -regions autoDeployment=true | autoDeployment: ",
                "false | permissionModel=SELF_MANAGED -organizationalUnits -regions callAs=DELEGATED_ADMIN | callAs: ",
                "false | permissionModel=SERVICE_MANAGED -organizationalUnits accounts=123456789012 | organizationalUnits: ",
                "true | accountFilter=UNION | accounts: ",
                "true | accountFilter=NONE accounts=123456789012 | accounts: ",
                "true | accounts=123456789012 | accountFilter: "
            })
    void itSaysWhatIsWrong(boolean deletes, String arguments, String begin) {
        List<String> problems = problems(deletes, arguments.split(" "));
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith(begin.strip()), problems::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | accountFilter=NONE",
                "false | accountFilter=INTERSECTION accounts=123456789012",
                "false | accountFilter=DIFFERENCE accounts=123456789012",
                "true | accountFilter=UNION accounts=123456789012",
                "true | callAs=DELEGATED_ADMIN"
            })
    void theRestIsRight(boolean deletes, String arguments) {
        assertEquals(List.of(), problems(deletes, arguments.split(" ")));
    }
}
