package symbolai.mcp.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.server.audit.AuditHouse.AUDITOR;
import static symbolai.mcp.server.audit.AuditHouse.done;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.AuditConfig.Arguments;
import symbolai.mcp.server.config.AuditConfig.Durability;

/** What is sealed, signed, indexed and removed. */
class AuditKeepingTest {

    private static final AuditConfig PLAIN = new AuditConfig(Durability.DURABLE);
    private static final AuditConfig SEALED =
            new AuditConfig(Durability.DURABLE, Optional.empty(), Arguments.SEALED, true, 0);
    private static final long LARGE = 1 << 24;

    @TempDir
    Path place;

    private AuditHouse house(AuditConfig config, long segmentBytes, Checkpoints.Pace pace) {
        return new AuditHouse(place, config, segmentBytes, pace, Clock.systemUTC());
    }

    private static AuditRecord call() {
        return new AuditRecord(
                Instant.now(),
                "call.intent",
                new JsonObject()
                        .put("caller", "u1")
                        .put("name", "Ada")
                        .put("address", "192.0.2.7")
                        .put("tool", "d1_query"),
                new JsonObject().put("arguments", new JsonObject().put("sql", "SELECT secret_thing")));
    }

    private static String text(AuditHouse house) throws IOException {
        return Files.readString(house.files().get(0));
    }

    @Test
    void argumentsAreNotKeptUnlessTheyAreWanted() throws IOException {
        try (var house = house(PLAIN, LARGE, Checkpoints.Pace.USUAL)) {
            done(house.log.append(call()));

            assertThat(text(house))
                    .contains("\"name\":\"Ada\"")
                    .doesNotContain("secret_thing")
                    .doesNotContain("sealed");
        }
    }

    @Test
    void whatIsSealedOpensUntilThePersonIsForgotten() throws IOException {
        try (var house = house(SEALED, LARGE, Checkpoints.Pace.USUAL)) {
            done(house.log.append(call()));
            done(house.indexer.caughtUp());
            assertThat(text(house))
                    .contains("\"caller\":\"u1\"")
                    .doesNotContain("Ada")
                    .doesNotContain("192.0.2.7");
            assertThat(text(house)).doesNotContain("secret_thing");

            var open = done(house.desk.record(AUDITOR, 1));
            done(house.desk.forget(AUDITOR, "u1"));
            var closed = done(house.desk.record(AUDITOR, 1));

            assertThat(open.getJsonObject("details").getString("name")).isEqualTo("Ada");
            assertThat(open.getJsonObject("details").getJsonObject("arguments").getString("sql"))
                    .isEqualTo("SELECT secret_thing");
            assertThat(closed.containsKey("details")).isFalse();
            assertThat(closed.getBoolean("forgotten")).isTrue();
            assertThat(house.verify().intact()).isTrue();
            assertThat(text(house)).contains("\"event\":\"audit.read\"").contains("\"event\":\"audit.forgotten\"");
            assertThatThrownBy(() -> done(house.desk.forget(AUDITOR, "u1"))).isInstanceOf(ToolException.class);
        }
    }

    @Test
    void checkpointsAreSignedAfterSoManyRecordsAndAtTheEnd() throws IOException {
        var second = place.resolve("second");
        var config = new AuditConfig(Durability.DURABLE, Optional.of(second), Arguments.HASH, false, 0);
        try (var house = house(config, LARGE, new Checkpoints.Pace(10, Duration.ofDays(1)))) {
            house.write(Instant.now(), 25);

            assertThat(house.verify().signedUpTo()).isEqualTo(20);
        }
        var copy = new Verifier(
                        place.resolve("audit"),
                        Optional.of(second.resolve("checkpoints.jsonl")),
                        Optional.of(second.resolve("checkpoint-key.pub")))
                .verify();
        assertThat(copy.intact()).isTrue();
        assertThat(copy.signedUpTo()).isEqualTo(25);
        assertThat(Files.readString(second.resolve("checkpoint-key.pub"))).startsWith("-----BEGIN PUBLIC KEY-----");
    }

    @Test
    void aCheckpointComesAfterATimeWithoutFurtherRecords() {
        try (var house = house(PLAIN, LARGE, new Checkpoints.Pace(1_000, Duration.ofMillis(50)))) {
            house.write(Instant.now(), 3);

            Awaitility.await().until(() -> house.verify().signedUpTo() == 3);
        }
    }

    @Test
    void aLogThatWasCutOffIsSaidAtTheNextStart() throws IOException {
        try (var house = house(PLAIN, LARGE, Checkpoints.Pace.USUAL)) {
            house.write(Instant.now(), 10);
        }
        var file = Segment.in(place.resolve("audit")).get(0).file();
        Files.write(file, Files.readAllLines(file).subList(0, 6));

        try (var house = house(PLAIN, LARGE, Checkpoints.Pace.USUAL)) {
            assertThat(house.log.damaged()).hasValueSatisfying(damage -> {
                assertThat(damage.kind()).isEqualTo(Damage.Kind.TRUNCATED);
                assertThat(damage.sequence()).isEqualTo(7);
            });
            var confession =
                    new JsonObject(Files.readAllLines(house.files().get(1)).get(0));
            assertThat(confession.getString("event")).isEqualTo("audit.damaged");
            assertThat(confession.getLong("seq")).isEqualTo(11);
            assertThat(house.verify().intact()).isFalse();
        }
    }

    @Test
    void theIndexFollowsTheLogAndIsMadeAnew() throws IOException {
        try (var house = house(PLAIN, 2_000, Checkpoints.Pace.USUAL)) {
            house.indexer.start(house.log);
            house.write(Instant.now(), 700);
            Awaitility.await()
                    .until(() -> done(house.index.last()).map(row -> row.seq()).orElse(0L) >= 700);
            done(house.index.clear());

            done(house.indexer.rebuild());

            assertThat(done(house.index.last()).orElseThrow().seq()).isEqualTo(700);
            assertThat(done(house.desk.record(AUDITOR, 345)).getLong("seq")).isEqualTo(345);
            var found = done(house.desk.search(
                    AUDITOR, new JsonObject().put("tool", "t10*").put("limit", "500")));
            assertThat(found.getInteger("count")).isEqualTo(11);
            done(house.indexer.close());
        }
    }

    @Test
    void whatIsOldIsRemovedAndTheChainCanStillBeChecked() throws IOException {
        try (var house = house(PLAIN, 2_000, Checkpoints.Pace.USUAL)) {
            house.write(Instant.now().minus(Duration.ofDays(40)), 30);
            house.write(Instant.now(), 5);
            done(house.indexer.caughtUp());
            int before = house.files().size();

            int removed = done(house.retention.retain(AUDITOR, 30));
            int again = done(house.retention.retain(AUDITOR, 30));

            assertThat(removed).isGreaterThan(2).isLessThan(before);
            assertThat(again).isZero();
            var verification = house.verify();
            assertThat(verification.damages()).isEmpty();
            assertThat(verification.first()).isGreaterThan(10);
            assertThat(done(house.index.find(1))).isEmpty();
            var tombstones = house.folder.resolve("tombstones.jsonl");
            assertThat(Files.readAllLines(tombstones)).hasSize(removed);

            Files.writeString(tombstones, Files.readString(tombstones).replaceFirst("\"last\":\\d+", "\"last\":1"));
            assertThat(house.verify().damages()).extracting(Damage::kind).contains(Damage.Kind.BAD_SIGNATURE);
        }
    }

    @Test
    void aFileThatIsGoneWithoutATombstoneIsMissing() throws IOException {
        try (var house = house(PLAIN, 2_000, Checkpoints.Pace.USUAL)) {
            house.write(Instant.now().minus(Duration.ofDays(40)), 30);
            Files.delete(house.files().get(0));

            assertThat(house.verify().damages().get(0).kind()).isEqualTo(Damage.Kind.MISSING);
        }
    }

    @Test
    void csvHasNoFormula() {
        var line = CsvLine.of(new JsonObject()
                .put("seq", 1)
                .put("name", "=1+1")
                .put("client", " @SUM(A1)")
                .put("tool", "a\"b,c")
                .put("other", "-2"));

        assertThat(line)
                .startsWith("1,")
                .contains(",\"'=1+1\",")
                .contains(",\"' @SUM(A1)\",")
                .contains("\"a\"\"b,c\"");
        assertThat(line).endsWith(",\"{\"\"other\"\":\"\"-2\"\"}\"\r\n");
    }
}
