package symbolai.mcp.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.audit.AuditHouse.done;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.AuditConfig.Durability;
import symbolai.mcp.server.store.AuditFilter;
import symbolai.mcp.server.store.AuditIndexStore;

/** The index has what the log has, whatever happens to either. */
class IndexerTest {

    private static final AuditFilter EVERYTHING = new AuditFilter(0, Long.MAX_VALUE, Long.MAX_VALUE, Map.of(), "");

    @TempDir
    Path place;

    private AuditHouse house() {
        var config = new AuditConfig(Durability.DURABLE);
        return new AuditHouse(place, config, 1 << 24, Checkpoints.Pace.USUAL, Clock.systemUTC());
    }

    @Test
    void anIndexThatIsMadeAnewWhileItFollowsLacksNothing() {
        try (var house = house()) {
            house.write(Instant.now(), 1_200);

            var all = Future.all(
                    house.indexer.caughtUp(),
                    house.indexer.rebuild(),
                    house.indexer.caughtUp(),
                    house.indexer.rebuild());
            done(all);

            assertThat(done(house.index.count(EVERYTHING)).stream()
                            .mapToLong(AuditIndexStore.Count::number)
                            .sum())
                    .isEqualTo(1_200);
        }
    }

    @Test
    void anIndexOfALogThatIsGoneIsMadeAnewAndItIsSaid() throws IOException {
        try (var house = house()) {
            house.write(Instant.now(), 5);
            done(house.indexer.caughtUp());
        }
        try (var files = Files.list(place.resolve("audit"))) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }

        try (var house = house()) {
            house.write(Instant.now(), 1);
            done(house.indexer.caughtUp());

            assertThat(done(house.index.last()).orElseThrow().seq()).isEqualTo(2);
            assertThat(done(house.index.find(1))).isPresent();
            assertThat(Files.readString(house.files().get(0))).contains("\"event\":\"audit.damaged\",\"record\":5");
        }
    }
}
