package io.jenkins.plugins.awscicd.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A step of each kind, aborted at every boundary, and its controller killed there: in each call that it makes, after AWS has carried it out
 * and before the answer comes, and before turns that it takes in between.
 */
class BoundariesTest {

    private static final String PLACES = """
            0 project name=p1
            0 group name=g1 instances=2 events=3
            0 environment name=solo command=20 instances=2
            0 environment name=web-a cname=live command=20 instances=1
            0 environment name=web-b cname=idle command=20 instances=1
            0 stack name=new resource=10
            0 stack name=old resource=10
            1 stranger does=updateStack stack=old
            """;

    /** What comes with an abort alone in turn. */
    private static final List<String> CRASHES = List.of(
            "100 kill on=a back=20 %s",
            "100 kill on=a back=400 lastWriteLost=true %s",
            "100 kill on=a back=20 lastWriteLost=true %s\n130 abort run=1",
            "100 kill on=a back=600 %s\n130 abort run=1",
            "100 kill on=a back=1 %s\n100 kill on=a back=60 inCall=60");

    private static final int TURNS = 23;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy run=1 on=a group=g1 whenBusy=newestWins rollBackOnStop=true",
                "update run=1 on=a environment=solo fails=true onFailure=rollBack",
                "update run=1 on=a environment=webs cname=live strategy=blueGreen oldEnvironment=terminate",
                "change run=1 on=a stack=new onFailure=delete",
                "change run=1 on=a stack=old wider=true fails=UPDATE",
                "change run=1 on=a stack=old delete=true"
            })
    void noLawIsBrokenWhereverAStepIsAbortedOrItsControllerDies(String step) {
        String world = PLACES + "100 " + step + "\n";
        Outcome calm = play(world);
        assertEquals(List.of(), calm.broken());
        assertTrue(calm.extent().calls() > 5, "it has come to nothing");
        List<String> worlds = new ArrayList<>();
        List<String> boundaries = boundaries(calm.extent());
        for (int i = 0; i < boundaries.size(); i++) {
            String disturbance = i % 2 == 0 ? "100 abort run=1 %s" : CRASHES.get(i / 2 % CRASHES.size());
            worlds.add(world + disturbance.formatted(boundaries.get(i)));
        }
        assertEquals(List.of(), broken(worlds));
    }

    private static List<String> boundaries(Outcome.Extent extent) {
        List<String> all = new ArrayList<>();
        for (int call = 1; call <= extent.calls(); call += 2) {
            all.add("inCall=" + call);
        }
        for (int turn = 1; turn <= extent.turns(); turn += TURNS) {
            all.add("turn=" + turn);
        }
        return all;
    }

    private static List<String> broken(List<String> worlds) {
        return worlds.parallelStream()
                .flatMap(world -> play(world).broken().stream().map(law -> law + "\n" + world))
                .toList();
    }

    private static Outcome play(String lines) {
        return Play.of(new World(1, lines.lines().map(Happening::parse).toList()), false);
    }
}
