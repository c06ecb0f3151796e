package symbolai.mcp.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.AuditConfig.Durability;

@ExtendWith(VertxExtension.class)
class AuditLogTest {

    private static final long LARGE = 1 << 20;

    private Vertx vertx;
    private Path folder;

    @BeforeEach
    void prepare(Vertx vertx, @TempDir Path folder) {
        this.vertx = vertx;
        this.folder = folder.resolve("audit");
    }

    private AuditLog open(Durability durability, long segmentBytes) {
        var log = new AuditLog(
                vertx, folder, new AuditConfig(durability), segmentBytes, Optional.empty(), Optional.empty());
        get(log.start());
        return log;
    }

    private AuditLog open() {
        return open(Durability.DURABLE, LARGE);
    }

    private static AuditRecord record(String name) {
        return new AuditRecord(Instant.parse("2026-01-02T03:04:05.678Z"), "test", new JsonObject().put("name", name));
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private List<String> lines() throws IOException {
        var lines = new ArrayList<String>();
        for (var segment : segments()) {
            lines.addAll(Files.readAllLines(segment));
        }
        return lines;
    }

    private List<Long> numbers() throws IOException {
        return lines().stream().map(line -> new JsonObject(line).getLong("seq")).toList();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        } catch (InterruptedException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void aRecordIsInTheFileWhenItsFutureSucceeds() throws IOException {
        var log = open();

        get(log.append(record("first")));

        assertThat(lines())
                .containsExactly(
                        "{\"seq\":1,\"at\":\"2026-01-02T03:04:05.678Z\",\"event\":\"test\",\"name\":\"first\",\"prev\":\""
                                + "0".repeat(64)
                                + "\",\"hash\":\"6a89ab2cea6fecbb716bf33ade28843c9815474e3d3e6562df524d78d05f6f59\"}");
        assertThat(segments().get(0).getFileName().toString()).matches("\\d{8}T\\d{9}Z-000001\\.jsonl");
        get(log.close());
    }

    @Test
    void recordsKeepTheOrderInWhichTheyCame() throws IOException {
        var log = open();
        var written = new ArrayList<Future<Void>>();

        for (int i = 0; i < 2000; i++) {
            written.add(log.append(record("n" + i)));
        }
        get(Future.all(written));

        assertThat(numbers()).isEqualTo(upTo(2000));
        assertThat(lines().stream().map(line -> new JsonObject(line).getString("name")))
                .isEqualTo(LongStream.range(0, 2000).mapToObj(i -> "n" + i).toList());
        get(log.close());
    }

    @Test
    void whoeverWaitsGoesOnOnItsOwnContext() {
        var log = open();
        var context = vertx.getOrCreateContext();
        var seen = Promise.<Context>promise();

        context.runOnContext(on -> log.append(record("a")).onSuccess(written -> seen.complete(Vertx.currentContext())));

        assertThat(get(seen.future())).isSameAs(context);
        get(log.close());
    }

    @Test
    void numbersGoOnAfterARestart() throws IOException {
        var first = open();
        get(first.append(record("a")));
        get(first.append(record("b")));
        get(first.close());

        var second = open();
        get(second.append(record("c")));
        get(second.close());

        assertThat(numbers()).isEqualTo(upTo(3));
        assertThat(segments()).hasSize(1);
    }

    static Stream<String> tornTails() {
        return Stream.of(
                "{\"seq\":3,\"at\":\"2026-01-02T03:04:05Z\",\"ev",
                "{",
                "\u0000\u0000\u0000\u0000",
                "{\"seq\":3,\"at\":\"x\",\"event\":\"test\"}",
                "garbage\n",
                "\u0000\u0000\n\u0000",
                "\n");
    }

    @ParameterizedTest
    @MethodSource("tornTails")
    void aTornTailIsCutOff(String tail) throws IOException {
        var first = open();
        get(Future.all(first.append(record("a")), first.append(record("b"))));
        get(first.close());
        Files.writeString(segments().get(0), tail, StandardOpenOption.APPEND);

        var second = open();
        get(second.append(record("c")));
        get(second.close());

        assertThat(numbers()).isEqualTo(upTo(3));
    }

    @Test
    void segmentsAreRotatedBySize() throws IOException {
        var log = open(Durability.DURABLE, 200);

        for (int i = 0; i < 10; i++) {
            get(log.append(record("n" + i)));
        }
        get(log.close());
        var next = open(Durability.DURABLE, 200);
        get(next.append(record("last")));
        get(next.close());

        assertThat(segments()).hasSizeGreaterThan(2);
        assertThat(numbers()).isEqualTo(upTo(11));
    }

    @Test
    void numbersGoOnWhenTheLastSegmentIsEmpty() throws IOException {
        var first = open();
        get(first.append(record("a")));
        get(first.close());
        Files.createFile(folder.resolve("20300101T000000000Z-000002.jsonl"));
        Files.writeString(folder.resolve("notes.txt"), "not a segment");

        var second = open();
        get(second.append(record("b")));
        get(second.close());

        assertThat(Files.readAllLines(folder.resolve("20300101T000000000Z-000002.jsonl")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("{\"seq\":2,");
    }

    @Test
    void whatCannotBeWrittenFailsAndItGoesOnWhenItCan() throws IOException {
        var log = open(Durability.DURABLE, 1);
        get(log.append(record("a")));
        var away = folder.resolveSibling("away");
        Files.move(folder, away);
        Files.writeString(folder, "a file where the folder was");

        assertThatThrownBy(() -> get(log.append(record("b")))).isInstanceOf(AuditUnavailable.class);
        assertThatThrownBy(() -> get(log.append(record("c")))).isInstanceOf(AuditUnavailable.class);
        Files.delete(folder);
        Files.move(away, folder);
        get(log.append(record("d")));

        assertThat(numbers()).isEqualTo(upTo(2));
        assertThat(lines().get(1)).contains("\"name\":\"d\"");
        get(log.close());
    }

    @Test
    void aFailureBesideTheLogDoesNotEndIt() throws IOException {
        var log = new AuditLog(
                vertx, folder, new AuditConfig(Durability.DURABLE), LARGE, Optional.empty(), Optional.empty());
        var calls = new AtomicInteger();
        log.onWritten(() -> {
            if (calls.incrementAndGet() > 1) {
                throw new AssertionError("on purpose");
            }
        });
        get(log.start());

        get(log.append(record("a")));
        get(log.append(record("b")));
        get(log.close());

        assertThat(numbers()).isEqualTo(upTo(2));
        assertThat(calls).hasValue(3);
    }

    @Test
    void nobodyIsToldOfRecordsThatDoNotCount() throws IOException {
        var log =
                new AuditLog(vertx, folder, new AuditConfig(Durability.DURABLE), 1, Optional.empty(), Optional.empty());
        var calls = new AtomicInteger();
        log.onWritten(calls::incrementAndGet);
        get(log.start());
        get(log.append(record("a")));
        var away = folder.resolveSibling("away");
        Files.move(folder, away);
        Files.writeString(folder, "a file where the folder was");

        assertThatThrownBy(() -> get(log.append(record("b")))).isInstanceOf(AuditUnavailable.class);

        get(log.close());
        assertThat(calls).hasValue(2);
        assertThat(log.acknowledged()).isEqualTo(1);
    }

    @Test
    void aLogThatCannotBeginDoesNotStart() throws IOException {
        Files.writeString(folder, "a file where the folder should be");
        var log = new AuditLog(vertx, folder, new AuditConfig(Durability.DURABLE));

        assertThatThrownBy(() -> get(log.start())).hasRootCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> get(log.append(record("a")))).isInstanceOf(AuditUnavailable.class);
    }

    @Test
    void queuedRecordsAreWrittenAtLastWhenTheLogIsClosed() throws IOException {
        var log = open(Durability.QUEUED, LARGE);

        var accepted = new ArrayList<Future<Void>>();
        for (int i = 0; i < 500; i++) {
            accepted.add(log.append(record("n" + i)));
        }

        assertThat(accepted).allMatch(Future::succeeded);
        get(log.close());
        assertThat(numbers()).isEqualTo(upTo(500));
    }

    @Test
    void aQueueIsBounded() {
        var log = open();
        var results = new ArrayList<Future<Void>>();

        for (int i = 0; i < 200_000; i++) {
            results.add(log.append(record("n")));
        }
        get(Future.join(results).otherwiseEmpty());

        assertThat(results).allMatch(Future::isComplete);
        assertThat(results)
                .filteredOn(Future::failed)
                .allSatisfy(failed -> assertThat(failed.cause())
                        .isInstanceOf(AuditUnavailable.class)
                        .hasMessage("the audit log's queue is full"));
        get(log.close());
    }

    @Test
    void aClosedLogTakesNothing() {
        var log = open();
        get(log.close());

        assertThatThrownBy(() -> get(log.append(record("late")))).isInstanceOf(AuditUnavailable.class);
        get(log.close());
    }

    @Test
    void aRecordIsOneLineOfPrintableAscii() throws IOException {
        var hostile = "a\r\nb\u001b[31m\u0007\u009b\u202e\u2028\u0085\u007f\ud800 é \ud83d\ude00 \"{}\u0000";
        var log = open();

        get(log.append(record(hostile)));
        get(log.close());

        var bytes = Files.readAllBytes(segments().get(0));
        var text = new String(bytes, StandardCharsets.US_ASCII);
        assertThat(text.indexOf('\n')).isEqualTo(text.length() - 1);
        for (int i = 0; i < bytes.length - 1; i++) {
            assertThat(bytes[i]).isBetween((byte) 32, (byte) 126);
        }
        assertThat(new JsonObject(text).getString("name")).isEqualTo(hostile);
    }

    @Test
    void equalObjectsHaveEqualHashes() {
        var one = new JsonObject("{\"a\":1,\"b\":{\"c\":[1,2],\"d\":null}}");
        var other = new JsonObject("{\"b\":{\"d\":null,\"c\":[1,2]},\"a\":1}");

        assertThat(CanonicalJson.sha256(one)).isEqualTo(CanonicalJson.sha256(other));
        assertThat(CanonicalJson.sha256(one))
                .isNotEqualTo(CanonicalJson.sha256(one.copy().put("a", 2)));
        assertThat(CanonicalJson.sha256(new JsonObject()))
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }
}
