package symbolai.mcp.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.server.audit.AuditHouse.AUDITOR;
import static symbolai.mcp.server.audit.AuditHouse.done;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.AuditConfig.Arguments;
import symbolai.mcp.server.config.AuditConfig.Durability;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.store.AuditIndexRow;
import symbolai.mcp.server.store.ClientStore;
import symbolai.mcp.server.store.KeyStore;
import symbolai.mcp.server.store.SubjectStore;
import symbolai.mcp.server.store.UserStore;

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
    void callsAreFoundByWhatTheyTouched() {
        try (var house = house(PLAIN, LARGE, Checkpoints.Pace.USUAL)) {
            for (var database : List.of("db-1", "db-2")) {
                var fields = new JsonObject().put("account", "acc-1").put("database", database);
                done(house.log.append(new AuditRecord(Instant.now(), "call.outcome", fields)));
            }
            done(house.indexer.caughtUp());

            var found = done(house.desk.search(
                    AUDITOR, new JsonObject().put("account", "acc-*").put("database", "db-2")));

            assertThat(found.getInteger("count")).isEqualTo(1);
            assertThat(found.getJsonArray("records").getJsonObject(0).getLong("seq"))
                    .isEqualTo(2);
        }
    }

    @Test
    void aCallIsFoundByTheIdOfTheOutsideSystem() {
        try (var house = house(PLAIN, LARGE, Checkpoints.Pace.USUAL)) {
            for (var ray : List.of("8f0a1b2c3d4e5f60-FRA", "8f0a1b2c3d4e5f61-FRA")) {
                var fields = new JsonObject().put("tool", "d1_query").put("upstream", ray);
                done(house.log.append(new AuditRecord(Instant.now(), "call.outcome", fields)));
            }
            done(house.indexer.caughtUp());

            var found = done(house.desk.search(AUDITOR, new JsonObject().put("text", "8f0a1b2c3d4e5f61-FRA")));

            assertThat(found.getInteger("count")).isEqualTo(1);
            assertThat(found.getJsonArray("records").getJsonObject(0).getLong("seq"))
                    .isEqualTo(2);
        }
    }

    @Test
    void nothingOfAForgottenKeyStaysInTheDatabase() throws IOException {
        try (var house = house(SEALED, LARGE, Checkpoints.Pace.USUAL)) {
            done(house.log.append(call()));
            var sealed = done(new SubjectStore(house.database).find("u1"))
                    .orElseThrow()
                    .sealed();
            assertThat(database()).contains(sealed);

            done(house.subjects.forget("u1"));

            assertThat(database()).doesNotContain(sealed);
        }
    }

    private String database() throws IOException {
        var text = new StringBuilder();
        try (var files = Files.newDirectoryStream(place, "audit.db*")) {
            for (var file : files) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    /** The key arrives where it was asked for only after it was destroyed. */
    @Test
    void aDestroyedKeySealsNothingMore() throws InterruptedException {
        try (var house = house(SEALED, LARGE, Checkpoints.Pace.USUAL)) {
            var asked = new CountDownLatch(1);
            var destroyed = new CountDownLatch(1);
            var late = Promise.<String>promise();
            var busy = house.vertx.deployVerticle(context -> {
                house.subjects.seal("u1", new JsonObject()).onComplete(late);
                asked.countDown();
                return Future.succeededFuture(destroyed.await(15, TimeUnit.SECONDS));
            });
            asked.await();
            done(house.subjects.forget("u1"));
            destroyed.countDown();
            done(Future.all(busy, late.future()));

            var secret = new JsonObject().put("a", 1);
            var sealed = done(house.subjects.seal("u1", secret));

            assertThat(done(house.subjects.open("u1", sealed))).contains(secret);
        }
    }

    /** A file of two gigabytes cannot be read whole. */
    @Test
    void theLastCheckpointIsReadFromTheEnd() throws IOException {
        var written = new WrittenLog(place).write(10, LARGE, 3);
        var file = place.resolve(SignedFile.CHECKPOINTS);
        var lines = Files.readString(file);
        try (var large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(3L << 30);
            large.seek(3L << 30);
            large.writeBytes("\n" + lines + "{\"seq\":99,\"torn");
        }

        var last = new Checkpoints(place, Optional.empty(), written.signer, Clock.systemUTC(), Checkpoints.Pace.USUAL)
                .last();

        assertThat(last).isEqualTo(10);
    }

    @Test
    void aCheckpointIsFoundBehindMuchThatIsNone() throws IOException {
        var written = new WrittenLog(place).write(10, LARGE, 3);
        Files.writeString(
                place.resolve(SignedFile.CHECKPOINTS), ("{}" + "\n").repeat(100_000), StandardOpenOption.APPEND);

        var last = new Checkpoints(place, Optional.empty(), written.signer, Clock.systemUTC(), Checkpoints.Pace.USUAL)
                .last();

        assertThat(last).isEqualTo(10);
    }

    @Test
    void anotherSigningKeyIsInTheLogOnce() throws IOException {
        for (int first : new int[] {0, 0, 1, 1}) {
            var vertx = Vertx.vertx();
            var key = new byte[MasterKey.LENGTH];
            key[0] = (byte) first;
            var checkpoints = new Checkpoints(
                    place,
                    Optional.empty(),
                    MasterKey.of(key).publicSigner("checkpoint"),
                    Clock.systemUTC(),
                    Checkpoints.Pace.USUAL);
            var log = new AuditLog(vertx, place, PLAIN, LARGE, Optional.of(checkpoints), Optional.empty());
            done(log.start());
            done(log.append(call()));
            done(log.close());
            done(vertx.close());
        }

        var lines = Files.readAllLines(Segment.in(place).get(0).file());
        assertThat(lines).hasSize(5);
        assertThat(lines.get(2)).contains("\"event\":\"audit.key-replaced\",\"target\":\"");
        assertThat(new Verifier(place, Optional.empty(), Optional.empty())
                        .verify()
                        .damages())
                .isEmpty();
    }

    @Test
    void row31NoCharacterAtAllLeavesItsLine() throws IOException {
        try (var house = house(PLAIN, LARGE, Checkpoints.Pace.USUAL)) {
            for (int first = 0; first < 0x10000; first += 256) {
                var text = new StringBuilder();
                for (int i = first; i < first + 256; i++) {
                    text.append((char) i);
                }
                var fields = new JsonObject()
                        .put("caller", "u1")
                        .put("name", text.toString())
                        .put("client", text.toString())
                        .put("tool", text.toString());
                done(house.log.append(new AuditRecord(Instant.now(), "test", fields)));
            }

            assertThat(text(house).chars()).allMatch(octet -> octet == '\n' || (octet >= ' ' && octet <= '~'));
            assertThat(text(house).lines()).hasSize(256).allMatch(line -> new JsonObject(line).containsKey("hash"));
            assertThat(house.verify().intact()).isTrue();
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
            house.indexer.start();
            house.write(Instant.now(), 700);
            Awaitility.await()
                    .until(() -> done(house.index.last()).map(row -> row.seq()).orElse(0L) >= 700);
            done(house.index.remove(house.files().get(0).getFileName().toString()));
            assertThat(done(house.index.find(1))).isEmpty();

            done(house.desk.rebuild(AUDITOR, house.indexer));

            assertThat(done(house.index.last()).orElseThrow().seq()).isEqualTo(701);
            assertThat(Files.readString(house.files().get(house.files().size() - 1)))
                    .contains("\"event\":\"audit.rebuilt\",\"caller\":\"auditor\"");
            assertThat(done(house.index.find(1))).isPresent();
            assertThat(done(house.desk.record(AUDITOR, 345)).getLong("seq")).isEqualTo(345);
            var found = done(house.desk.search(
                    AUDITOR, new JsonObject().put("tool", "t10*").put("limit", "500")));
            assertThat(found.getInteger("count")).isEqualTo(11);
            done(house.indexer.close());
        }
    }

    @Test
    void theIndexGoesOnWhenTheClockWasSetBack() throws IOException {
        try (var house = house(PLAIN, 1, Checkpoints.Pace.USUAL)) {
            house.write(Instant.now(), 1);
            Files.move(house.files().get(0), house.folder.resolve("29990101T000000000Z-000001.jsonl"));
            done(house.indexer.caughtUp());
            house.write(Instant.now(), 2);

            done(house.indexer.caughtUp());

            assertThat(house.files().get(1).getFileName().toString()).isLessThan("2999");
            assertThat(done(house.index.last()).orElseThrow().seq()).isEqualTo(3);
        }
    }

    @Test
    void aRecordThatDoesNotCountIsNotInTheIndex() throws IOException {
        try (var house = house(PLAIN, LARGE, Checkpoints.Pace.USUAL)) {
            house.write(Instant.now(), 1);
            var ghost = ChainLine.join(2, call().text(), ChainLine.ORIGIN, new LinkHash());
            Files.writeString(house.files().get(0), ghost.text() + "\n", StandardOpenOption.APPEND);

            done(house.indexer.caughtUp());

            assertThat(done(house.index.last()).orElseThrow().seq()).isEqualTo(1);
        }
    }

    @Test
    void aNumberThatIsGivenAgainStandsForTheNewRecord() {
        try (var house = house(PLAIN, LARGE, Checkpoints.Pace.USUAL)) {
            done(house.index.add(List.of(row("ghost", 7))));

            done(house.index.add(List.of(row("real", 9))));

            var row = done(house.index.find(1)).orElseThrow();
            assertThat(row.event()).isEqualTo("real");
            assertThat(row.place()).isEqualTo(9);
        }
    }

    private static AuditIndexRow row(String event, long place) {
        var record = new AuditRecord(Instant.now(), event, new JsonObject());
        var line = ChainLine.join(1, record.text(), ChainLine.ORIGIN, new LinkHash());
        return IndexedLine.of(line.text(), "file", place).orElseThrow();
    }

    @Test
    void whoBeginsToFollowTheLogIsRecordedWhereverThatIs() {
        try (var house = house(PLAIN, LARGE, Checkpoints.Pace.USUAL)) {
            house.write(Instant.now(), 10);

            var first = done(house.desk.after(AUDITOR, 3, 5)).getJsonArray("records");
            done(house.desk.after(AUDITOR, 8, 100));
            done(house.desk.after(AUDITOR, 11, 100));
            assertThat(first).hasSize(5);
            assertThat(tails(house)).isEqualTo(1);

            done(house.desk.after(AUDITOR, 4, 5));
            done(house.desk.after(Caller.local("another", "Bob", Role.AUDITOR), 11, 5));
            assertThat(tails(house)).isEqualTo(3);
        }
    }

    private static long tails(AuditHouse house) {
        return done(house.desk.after(AUDITOR, 1, 100)).getJsonArray("records").stream()
                .map(JsonObject.class::cast)
                .filter(record -> record.getString("event").equals("audit.read"))
                .filter(record -> !record.getString("from").equals("1"))
                .count();
    }

    @Test
    void aReportSaysWhatItLeavesOut() {
        try (var house = house(PLAIN, LARGE, Checkpoints.Pace.USUAL)) {
            var changes = IntStream.range(0, 1_003)
                    .mapToObj(i -> house.log.append(
                            new AuditRecord(Instant.now().minusSeconds(1), "policy.changed", new JsonObject())))
                    .toList();
            done(Future.all(changes));
            var report = new ComplianceReport(
                    house.desk,
                    house.indexer,
                    house.index,
                    new UserStore(house.database),
                    new KeyStore(house.database),
                    new ClientStore(house.database),
                    Clock.systemUTC());

            var made = done(report.report(AUDITOR, new JsonObject()));

            assertThat(made.getBoolean("upToDate")).isTrue();
            assertThat(made.getJsonArray("policy")).hasSize(1_000);
            var lists = made.getJsonObject("lists");
            assertThat(lists.getJsonObject("policy"))
                    .isEqualTo(new JsonObject("{\"total\":1003,\"shown\":1000,\"truncated\":true}"));
            assertThat(lists.getJsonObject("plugins"))
                    .isEqualTo(new JsonObject("{\"total\":0,\"shown\":0,\"truncated\":false}"));
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
            assertThat(Files.readString(house.files().get(house.files().size() - 1)))
                    .contains("\"event\":\"audit.retained\",\"caller\":\"auditor\"")
                    .contains("\"days\":30,\"segments\":0");
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
