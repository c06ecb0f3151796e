package symbolai.mcp.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static symbolai.mcp.server.audit.AuditHouse.AUDITOR;
import static symbolai.mcp.server.audit.AuditHouse.done;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.server.audit.Damage.Kind;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.AuditConfig.Arguments;
import symbolai.mcp.server.config.AuditConfig.Durability;
import symbolai.mcp.server.crypto.MasterKey;

/** What readers are shown of a log that somebody changed, and what such a person cannot hide. */
class TamperedLogTest {

    private static final long LARGE = 1 << 24;
    private static final Checkpoints.Pace OFTEN = new Checkpoints.Pace(5, Duration.ofDays(1));
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path place;

    private AuditHouse house() {
        var config = new AuditConfig(Durability.DURABLE, Optional.of(second()), Arguments.HASH, false, 0);
        return new AuditHouse(place, config, LARGE, OFTEN, Clock.systemUTC());
    }

    private Path second() {
        return place.resolve("second");
    }

    private Path log() {
        return place.resolve("audit");
    }

    private static void change(Path file, int line, UnaryOperator<String> change) throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.US_ASCII));
        lines.set(line, change.apply(lines.get(line)));
        Files.write(file, lines, StandardCharsets.US_ASCII);
    }

    /** The third record is no JSON any more, and the fourth says something else. */
    private static void changeTwo(AuditHouse house) throws IOException {
        var file = house.files().get(0);
        change(file, 2, line -> line.replace("\"tool\":\"t2\"", "\"tool\"+\"t2\""));
        change(file, 3, line -> line.replace("\"tool\":\"t3\"", "\"tool\":\"zz\""));
    }

    private static String exported(AuditHouse house, boolean csv) throws IOException {
        var text = Buffer.buffer();
        try (var reader = new ExportReader(house.folder, AT.minusSeconds(60), AT.plusSeconds(60), csv)) {
            for (var piece = reader.next(); piece.length() > 0; piece = reader.next()) {
                text.appendBuffer(piece);
            }
        }
        return text.toString();
    }

    @Test
    void searchShowsWhatWasChangedAsDamaged() throws IOException {
        try (var house = house()) {
            house.write(AT, 6);
            done(house.indexer.caughtUp());
            changeTwo(house);

            var found = done(house.desk.search(AUDITOR, new JsonObject().put("event", "test")));
            var fourth = done(house.desk.record(AUDITOR, 4));

            assertThat(found.getJsonArray("records"))
                    .map(record -> (JsonObject) record)
                    .extracting(record -> record.getLong("seq"), record -> record.containsKey("damaged"))
                    .containsExactly(
                            tuple(6L, false),
                            tuple(5L, false),
                            tuple(4L, true),
                            tuple(3L, true),
                            tuple(2L, false),
                            tuple(1L, false));
            assertThat(fourth.getString("tool")).isEqualTo("zz");
            assertThat(fourth.getBoolean("damaged")).isTrue();
        }
    }

    @Test
    void searchShowsWhatIsNotAtItsPlaceAsDamaged() throws IOException {
        try (var house = house()) {
            house.write(AT, 3);
            done(house.indexer.caughtUp());
            change(house.files().get(0), 0, line -> "");

            var found = done(house.desk.search(AUDITOR, new JsonObject().put("event", "test")));

            assertThat(found.getJsonArray("records"))
                    .hasSize(3)
                    .map(record -> (JsonObject) record)
                    .allMatch(record -> record.getBoolean("damaged"));
        }
    }

    @Test
    void followersAreShownWhatWasChangedAsDamaged() throws IOException {
        try (var house = house()) {
            house.write(AT, 6);
            changeTwo(house);

            var records = Following.after(house.folder, 1, 10);

            assertThat(records).extracting(record -> record.getLong("seq")).containsExactly(2L, 3L, 4L, 5L, 6L);
            assertThat(records)
                    .filteredOn(record -> record.containsKey("damaged"))
                    .extracting(record -> record.getLong("seq"))
                    .containsExactly(3L, 4L);
        }
    }

    @Test
    void anExportGoesOnBehindWhatWasChanged() throws IOException {
        try (var house = house()) {
            house.write(AT, 6);
            var genuine = Files.readAllLines(house.files().get(0));
            changeTwo(house);
            change(house.files().get(0), 4, line -> "nonsense");

            var lines = exported(house, false).lines().toList();
            var rows = exported(house, true).lines().toList();

            assertThat(lines).hasSize(6);
            assertThat(lines.get(5)).isEqualTo(genuine.get(5));
            assertThat(IntStream.of(2, 3, 4).mapToObj(lines::get).map(JsonObject::new))
                    .allMatch(record -> record.getBoolean("damaged"));
            assertThat(new JsonObject(lines.get(4)).getString("text")).isEqualTo("nonsense");
            assertThat(rows).hasSize(7);
            assertThat(rows.subList(3, 6)).allMatch(row -> row.contains("\"\"damaged\"\":true"));
        }
    }

    @Test
    void aLogMadeAnewWithAnotherKeyIsFoundAndSaid() throws IOException {
        try (var house = house()) {
            house.write(AT, 12);
        }
        forge(12);

        try (var house = house()) {
            var stranger = new Verifier(log(), Optional.empty(), Optional.empty()).verify();
            assertThat(stranger.damages()).extracting(Damage::kind).isEmpty();
            assertThat(Files.readString(house.files().get(0))).contains("\"event\":\"audit.key-replaced\"");
            assertThat(done(house.desk.verify(AUDITOR)).damages())
                    .extracting(Damage::kind)
                    .contains(Kind.REWRITTEN);
        }
    }

    /** Writes other records and signs them with a key that is added to those beside the log. */
    private void forge(int records) throws IOException {
        var keys = Files.readString(log().resolve(SignedFile.KEYS));
        try (var files = Files.list(log())) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        new WrittenLog(log(), 66).write(records, LARGE, 5);
        Files.writeString(log().resolve(SignedFile.KEYS), keys, StandardOpenOption.APPEND);
    }

    @Test
    void theServerDoesNotTakeAnothersLastCheckpointForItsOwn() throws IOException {
        new WrittenLog(log(), 66).write(12, LARGE, 5);
        var server = MasterKey.of(new byte[MasterKey.LENGTH]).publicSigner("checkpoint");

        var found =
                Verifier.by(server, log(), new AuditConfig(Durability.DURABLE)).verify();

        assertThat(found.damages())
                .extracting(Damage::sequence, Damage::kind)
                .containsExactly(tuple(12L, Kind.BAD_SIGNATURE));
    }

    @Test
    void aLogCutOffWithItsCheckpointsIsFoundByTheSecondPlace() throws IOException {
        try (var house = house()) {
            house.write(AT, 20);
        }
        cutTo(10);

        try (var house = house()) {
            assertThat(house.log.damaged()).hasValueSatisfying(damage -> {
                assertThat(damage.kind()).isEqualTo(Kind.TRUNCATED);
                assertThat(damage.sequence()).isEqualTo(11);
            });
            assertThat(done(house.desk.verify(AUDITOR)).intact()).isFalse();
        }
    }

    private void cutTo(int records) throws IOException {
        var segment = Segment.in(log()).get(0).file();
        Files.write(segment, Files.readAllLines(segment).subList(0, records));
        var signed = log().resolve(SignedFile.CHECKPOINTS);
        Files.write(signed, Files.readAllLines(signed).subList(0, records / 5));
    }

    @Test
    void aLogThatWasPutBackAndWentOnDoesNotFitTheSecondPlace() throws IOException {
        var log = new WrittenLog(log()).write(10, LARGE, 5);
        var copy = place.resolve("copy.jsonl");
        Files.copy(log().resolve(SignedFile.CHECKPOINTS), copy);
        Files.delete(log.files().get(0));
        Files.delete(log().resolve(SignedFile.CHECKPOINTS));
        log.write(3, LARGE, 1_000);
        Files.writeString(copy, Files.readString(log().resolve(SignedFile.CHECKPOINTS)), StandardOpenOption.APPEND);

        var found = new Verifier(log(), Optional.of(copy), Optional.empty()).verify();

        assertThat(found.damages()).extracting(Damage::sequence, Damage::kind).contains(tuple(3L, Kind.REWRITTEN));
    }

    @Test
    void twoHashesForOneRecordAreADisagreement() throws IOException {
        var log = new WrittenLog(log()).write(5, LARGE, 5);
        var other = new WrittenLog(place.resolve("other"));
        var lines = new ArrayList<>(List.of("\"at\":\"2026-01-02T03:04:05Z\",\"event\":\"fine\"}"));
        var state = ChainLine.join(1, lines.get(0), ChainLine.ORIGIN, new LinkHash());
        SignedFile.checkpoints(other.folder.resolve(SignedFile.CHECKPOINTS))
                .append(new JsonObject().put("seq", 5).put("hash", state.hash()).put("at", AT.toString()), log.signer);

        var found = new Verifier(log(), Optional.of(other.folder.resolve(SignedFile.CHECKPOINTS)), Optional.empty())
                .verify();

        assertThat(found.damages())
                .extracting(Damage::sequence, Damage::kind)
                .containsExactly(tuple(5L, Kind.REWRITTEN));
    }

    @Test
    void aTombstoneAmongTheCheckpointsIsNone() throws IOException {
        var log = new WrittenLog(log()).write(10, LARGE, 5);
        var signed = SignedFile.checkpoints(log().resolve(SignedFile.CHECKPOINTS));
        signed.append(
                new JsonObject()
                        .put("segment", "x")
                        .put("first", 1)
                        .put("last", 4)
                        .put("hash", ChainLine.ORIGIN)
                        .put("at", AT.toString()),
                log.signer);

        var checkpoints =
                new Checkpoints(log(), Optional.empty(), log.signer, Clock.systemUTC(), Checkpoints.Pace.USUAL);

        assertThat(checkpoints.last()).isEqualTo(10);
        assertThat(log.verify().damages()).extracting(Damage::kind).containsExactly(Kind.BAD_SIGNATURE);
    }
}
