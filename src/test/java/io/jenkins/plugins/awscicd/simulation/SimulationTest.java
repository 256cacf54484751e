package io.jenkins.plugins.awscicd.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Worlds in which no law is broken; among them those in which one was. */
class SimulationTest {

    private static final long SEEDS = 300;

    @Test
    void noLawIsBrokenInThreeHundredWorlds() {
        List<String> broken = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> Play.of(World.of(seed), false))
                .filter(outcome -> !outcome.isGood())
                .map(outcome -> "seed " + outcome.world().seed() + ": " + outcome.broken())
                .toList();
        assertEquals(List.of(), broken);
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        for (long seed = 1; seed <= 20; seed++) {
            Outcome once = Play.of(World.of(seed), true);
            Outcome again = Play.of(World.of(seed), true);
            assertTrue(once.history().size() > 10);
            assertEquals(once.history(), again.history());
            assertEquals(once.calls(), again.calls());
        }
    }

    /** What is faster is as true. */
    @Test
    void theSdksOwnClientsGiveTheSameHistory() {
        for (long seed = 100; seed < 120; seed++) {
            World world = World.of(seed);
            Outcome direct = Play.of(world, true, true);
            Outcome throughSdk = Play.of(world, true, false);
            assertEquals(throughSdk.history(), direct.history(), "seed " + seed);
            assertEquals(throughSdk.calls(), direct.calls());
        }
    }

    @Test
    void aWorldIsTheSameFromItsText(@org.junit.jupiter.api.io.TempDir Path directory) throws IOException {
        World world = World.of(7);
        Path file = Files.writeString(directory.resolve("7.world"), world.toString());
        assertEquals(world, World.read(file));
    }

    static Stream<Path> worlds() throws IOException {
        return Files.list(Path.of("src/test/resources/io/jenkins/plugins/awscicd/simulation/worlds"));
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void whatWasBrokenOnceHolds(Path file) throws IOException {
        assertEquals(List.of(), Play.of(World.read(file), false).broken());
    }
}
