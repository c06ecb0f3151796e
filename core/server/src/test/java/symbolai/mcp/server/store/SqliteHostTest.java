package symbolai.mcp.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteCaps;
import symbolai.mcp.api.SqliteLimits;
import symbolai.mcp.api.SqliteResult;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.api.ToolException;

class SqliteHostTest {

    private static final String RUNAWAY =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    private static final SqliteLimits D1 =
            new SqliteLimits(100_000, 100, 50, 100, 5, 100, 25_000, 2_000_000, 10, 1 << 20);

    private final Vertx vertx = Vertx.vertx();
    private final SqliteHost host = new SqliteHost(vertx, 1);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        get(host.close());
        get(vertx.close());
    }

    @Test
    void aRunawayStatementEndsAtItsDeadlineAndTheNextOneSucceedsAtOnce() {
        var database = open(Sqlite.Mode.READ_WRITE);

        var started = System.nanoTime();
        var runaway = database.query(
                SqliteStatement.of(RUNAWAY),
                SqliteCaps.NONE,
                Deadline.after(Duration.ofMillis(300)),
                Cancellation.NEVER);
        var next = query(database, "SELECT 1");

        assertFails(runaway, ToolException.Reason.TIMED_OUT);
        assertThat(get(next).rows()).containsExactly(List.of(1L));
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofMillis(290), Duration.ofSeconds(3));
    }

    @Test
    void aCopyHoldsOneMomentAndComesBackWhole() {
        var database = open(Sqlite.Mode.READ_WRITE);
        get(query(database, "CREATE TABLE t(a)"));
        get(query(database, "INSERT INTO t VALUES (1)"));
        var copy = folder.resolve("copies").resolve("one.sqlite");

        get(database.copyTo(copy, soon()));
        get(query(database, "INSERT INTO t VALUES (2)"));
        get(query(database, "CREATE TABLE u(b)"));
        var other = open(Sqlite.Mode.READ_ONLY);
        assertThat(get(query(other, "SELECT a FROM t")).rows()).hasSize(2);
        get(database.copyFrom(copy, soon()));

        assertThat(get(query(other, "SELECT a FROM t")).rows()).containsExactly(List.of(1L));
        assertThat(get(query(other, "SELECT name FROM sqlite_schema")).rows()).hasSize(1);
        assertFails(
                database.copyFrom(folder.resolve("nobody.sqlite"), soon()).mapEmpty(), ToolException.Reason.NOT_FOUND);
    }

    @Test
    void aCancelledStatementIsStopped() {
        var database = open(Sqlite.Mode.READ_WRITE);
        var cancelled = new AtomicBoolean();

        var runaway = database.query(SqliteStatement.of(RUNAWAY), SqliteCaps.NONE, soon(), cancellation(cancelled));
        cancelled.set(true);

        assertFails(runaway, ToolException.Reason.CANCELLED);
        assertThat(get(query(database, "SELECT 1")).rows()).hasSize(1);
    }

    @Test
    void aStatementWhoseDeadlineHasPassedDoesNotBegin() {
        var database = open(Sqlite.Mode.READ_WRITE);

        var late = database.query(
                SqliteStatement.of("CREATE TABLE t(a)"),
                SqliteCaps.NONE,
                Deadline.after(Duration.ZERO),
                Cancellation.NEVER);

        assertFails(late, ToolException.Reason.TIMED_OUT);
        assertThat(get(query(database, "SELECT name FROM sqlite_schema")).rows())
                .isEmpty();
    }

    @Test
    void aBatchThatIsStoppedChangesNothing() {
        var database = open(Sqlite.Mode.READ_WRITE);
        get(query(database, "CREATE TABLE t(a)"));

        var stopped = database.batch(
                List.of(SqliteStatement.of("INSERT INTO t VALUES (1)"), SqliteStatement.of(RUNAWAY)),
                SqliteCaps.NONE,
                Deadline.after(Duration.ofMillis(200)),
                Cancellation.NEVER);

        assertFails(stopped, ToolException.Reason.TIMED_OUT);
        assertThat(get(query(database, "SELECT * FROM t")).rows()).isEmpty();
    }

    @Test
    void aBatchIsOneTransaction() {
        var database = open(Sqlite.Mode.READ_WRITE);
        get(query(database, "CREATE TABLE t(a UNIQUE)"));

        var failing = batch(database, "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (1)");
        assertThat(message(failing)).isEqualTo("UNIQUE constraint failed: t.a");
        assertThat(get(query(database, "SELECT * FROM t")).rows()).isEmpty();

        var results =
                get(batch(database, "INSERT INTO t VALUES (1), (2)", "SELECT a FROM t", "DELETE FROM t WHERE a = 2"));
        assertThat(results.get(0).changes()).isEqualTo(2);
        assertThat(results.get(0).lastRowId()).isEqualTo(2);
        assertThat(results.get(1).changes()).isZero();
        assertThat(results.get(1).rows()).containsExactly(List.of(1L), List.of(2L));
        assertThat(results.get(2).changes()).isEqualTo(1);
        assertThat(get(query(database, "SELECT a FROM t")).rows()).containsExactly(List.of(1L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN",
                "COMMIT",
                "end",
                "ROLLBACK",
                "SAVEPOINT a",
                "RELEASE a",
                "ATTACH 'x.db' AS x",
                "DETACH x",
                "SELECT 1; SELECT 2",
                "",
                "-- nothing",
                "backup to 'stolen.db'",
                "restore from 'stolen.db'",
                "VACUUM INTO 'stolen.db'"
            })
    void whatWouldLeaveTheDatabaseIsRefused(String sql) throws Exception {
        var database = open(Sqlite.Mode.READ_WRITE);

        assertFails(query(database, sql), ToolException.Reason.INVALID);

        assertThat(Files.exists(Path.of("stolen.db"))).isFalse();
        assertThat(get(query(database, "SELECT 1")).rows()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (2)",
                "DELETE FROM t",
                "DROP TABLE t",
                "CREATE TABLE u(a)",
                "PRAGMA user_version = 5",
                "PRAGMA journal_mode = DELETE",
                "VACUUM",
                "REINDEX",
                "ANALYZE"
            })
    void aReadOnlyDatabaseStaysAsItIs(String sql) throws Exception {
        get(query(open(Sqlite.Mode.READ_WRITE), "CREATE TABLE t(a INTEGER PRIMARY KEY)"));
        var reader = open(Sqlite.Mode.READ_ONLY);
        get(query(reader, "PRAGMA query_only = 0"));
        var before = state(reader);

        var attempt = query(reader, sql).otherwiseEmpty();
        get(attempt);

        assertThat(state(reader)).isEqualTo(before);
    }

    @Test
    void readersSeeWhatWasWritten() {
        var writer = open(Sqlite.Mode.READ_WRITE);
        get(query(writer, "CREATE TABLE t(a)"));
        var reader = open(Sqlite.Mode.READ_ONLY);

        get(query(writer, "INSERT INTO t VALUES ('x')"));

        assertThat(get(query(reader, "SELECT a FROM t")).rows()).containsExactly(List.of("x"));
    }

    @Test
    void aMissingFileIsNotMadeByReading() {
        var file = folder.resolve("none.db");

        assertFails(host.open(file, Sqlite.Mode.READ_ONLY, D1), ToolException.Reason.NOT_FOUND);
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b?mode=memory.db", "%41#x.db", "täglich;'\".db", ":resource:x.db"})
    void anyFileNameIsOnlyAName(String name) throws Exception {
        var file = folder.resolve(name);

        var database = get(host.open(file, Sqlite.Mode.READ_WRITE, D1));
        get(query(database, "CREATE TABLE t(a)"));

        assertThat(file).exists();
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString())).allMatch(found -> found.startsWith(name));
        }
    }

    @Test
    void rowsBeyondTheCapAreNotRead() {
        var database = open(Sqlite.Mode.READ_WRITE);
        var numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT i FROM n";

        var exact = get(query(database, numbers.formatted(5), new SqliteCaps(5, 1000, 100)));
        var more = get(query(database, numbers.formatted(6), new SqliteCaps(5, 1000, 100)));

        assertThat(exact.rows()).hasSize(5);
        assertThat(exact.truncated()).isFalse();
        assertThat(more.rows()).hasSize(5);
        assertThat(more.truncated()).isTrue();
    }

    @Test
    void bytesAndCellsAreCapped() {
        var database = open(Sqlite.Mode.READ_WRITE);

        var cell = get(query(database, "SELECT 'abcdef', x'010203040506', 'abc'", new SqliteCaps(5, 1000, 4)));
        var bytes = get(query(database, "VALUES ('äöü'), ('äöü'), ('äöü')", new SqliteCaps(5, 13, 100)));
        var pair = get(query(database, "SELECT 'abc\uD83D\uDE00'", new SqliteCaps(5, 100, 4)));

        assertThat(cell.rows().get(0)).containsExactly("abcd…", new byte[] {1, 2, 3, 4}, "abc");
        assertThat(cell.truncated()).isTrue();
        assertThat(bytes.rows()).hasSize(2);
        assertThat(bytes.truncated()).isTrue();
        assertThat(pair.rows()).containsExactly(List.of("abc…"));
    }

    @Test
    void everyTypeGoesInAndOut() {
        var database = open(Sqlite.Mode.READ_WRITE);
        var statement =
                SqliteStatement.of("SELECT ?, ?, ?, ?, ?, ?, ?", "x", 1, 1L << 60, 1.5, true, null, new byte[] {7});

        var result = get(database.query(statement, SqliteCaps.NONE, soon(), Cancellation.NEVER));

        assertThat(result.rows().get(0)).containsExactly("x", 1L, 1L << 60, 1.5, 1L, null, new byte[] {7});
    }

    @Test
    void theNumberOfParametersMustMatch() {
        var database = open(Sqlite.Mode.READ_WRITE);

        assertThat(message(database.query(
                        SqliteStatement.of("SELECT ?", 1, 2), SqliteCaps.NONE, soon(), Cancellation.NEVER)))
                .isEqualTo("the statement has 1 parameters, and 2 values were given");
        assertThat(message(query(database, "SELECT ?"))).contains("has 1 parameters, and 0");
    }

    @Test
    void limitsAreThoseThatWereAskedFor() {
        var database = open(Sqlite.Mode.READ_WRITE);

        assertThat(message(query(
                        database,
                        "SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6")))
                .isEqualTo("too many terms in compound SELECT");
        assertThat(message(query(database, "SELECT 'a' LIKE '" + "a".repeat(51) + "'")))
                .isEqualTo("LIKE or GLOB pattern too complex");
        assertThat(message(query(database, "SELECT zeroblob(2000001)"))).isEqualTo("string or blob too big");
        assertThat(message(query(database, "SELECT 1" + "+1".repeat(101)))).isNotEmpty();
        assertThat(message(query(database, "SELECT ?101"))).startsWith("variable number must be between ?1 and ?100");
        assertThat(message(query(database, "SELECT '" + "a".repeat(100_000) + "'")))
                .isNotEmpty();
    }

    @Test
    void aFullDatabaseIsRefused() {
        var database = open(Sqlite.Mode.READ_WRITE);
        get(query(database, "CREATE TABLE t(a)"));

        assertFails(query(database, "INSERT INTO t VALUES (zeroblob(1900000))"), ToolException.Reason.REFUSED);
        assertThat(get(query(database, "SELECT count(*) FROM t")).rows()).containsExactly(List.of(0L));
    }

    @Test
    void errorsAreSqlitesOwnWordsWithoutAPath() {
        var database = open(Sqlite.Mode.READ_WRITE);

        assertThat(message(query(database, "SELECT * FROM nowhere"))).isEqualTo("no such table: nowhere");
        assertThat(message(query(database, "SELEC 1"))).isEqualTo("near \"SELEC\": syntax error");
        assertThat(message(query(database, "SELECT load_extension('/etc/passwd')")))
                .doesNotContain(folder.toString());
    }

    @Test
    void statementsOfOneDatabaseRunInTheOrderTheyCame() {
        var database = open(Sqlite.Mode.READ_WRITE);
        get(query(database, "CREATE TABLE t(a)"));

        var all = IntStream.range(0, 100)
                .mapToObj(index -> query(database, "INSERT INTO t VALUES (" + index + ")"))
                .toList();
        get(Future.all(all));

        var rows = get(query(database, "SELECT a FROM t ORDER BY rowid")).rows();
        assertThat(rows)
                .extracting(row -> row.get(0))
                .isEqualTo(IntStream.range(0, 100).mapToObj(Long::valueOf).toList());
    }

    @Test
    void theQueueIsBounded() {
        var database = open(Sqlite.Mode.READ_WRITE);

        var all = IntStream.range(0, 400)
                .mapToObj(index -> database.query(
                        SqliteStatement.of(RUNAWAY),
                        SqliteCaps.NONE,
                        Deadline.after(Duration.ofMillis(200)),
                        Cancellation.NEVER))
                .toList();
        get(Future.join(all).otherwiseEmpty());

        var reasons = all.stream()
                .map(future -> ((ToolException) future.cause()).reason())
                .distinct();
        assertThat(reasons).containsExactlyInAnyOrder(ToolException.Reason.TIMED_OUT, ToolException.Reason.UNAVAILABLE);
    }

    @Test
    void closingRefusesWhatWaitsAndMayHappenTwice() throws Exception {
        var database = open(Sqlite.Mode.READ_WRITE);
        var begun = new CountDownLatch(1);

        var running = database.query(
                SqliteStatement.of(RUNAWAY),
                SqliteCaps.NONE,
                Deadline.after(Duration.ofMillis(300)),
                cancellation(begun::countDown));
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
        var waiting = query(database, "SELECT 1");
        get(database.close());
        get(database.close());

        assertFails(running, ToolException.Reason.TIMED_OUT);
        assertFails(waiting, ToolException.Reason.UNAVAILABLE);
        assertFails(query(database, "SELECT 1"), ToolException.Reason.UNAVAILABLE);
    }

    @Test
    void futuresCompleteOnTheContextOfTheCaller() throws Exception {
        var database = open(Sqlite.Mode.READ_WRITE);
        var context = vertx.getOrCreateContext();
        var same = new AtomicBoolean();
        var done = new CountDownLatch(1);

        context.runOnContext(start -> query(database, "SELECT 1").onComplete(result -> {
            same.set(Vertx.currentContext() == context);
            done.countDown();
        }));

        assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(same).isTrue();
    }

    private List<?> state(Sqlite database) {
        return List.of(
                get(query(database, "SELECT * FROM sqlite_schema")).rows(),
                get(query(database, "SELECT * FROM t")).rows(),
                get(query(database, "PRAGMA user_version")).rows(),
                get(query(database, "PRAGMA journal_mode")).rows());
    }

    private Sqlite open(Sqlite.Mode mode) {
        return get(host.open(folder.resolve("test.db"), mode, D1));
    }

    private static Future<SqliteResult> query(Sqlite database, String sql) {
        return query(database, sql, SqliteCaps.NONE);
    }

    private static Future<SqliteResult> query(Sqlite database, String sql, SqliteCaps caps) {
        return database.query(SqliteStatement.of(sql), caps, soon(), Cancellation.NEVER);
    }

    private static Future<List<SqliteResult>> batch(Sqlite database, String... statements) {
        var list = java.util.Arrays.stream(statements).map(SqliteStatement::of).toList();
        return database.batch(list, SqliteCaps.NONE, soon(), Cancellation.NEVER);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static Cancellation cancellation(AtomicBoolean cancelled) {
        return new Cancellation() {
            @Override
            public boolean isCancelled() {
                return cancelled.get();
            }

            @Override
            public void onCancel(Runnable action) {}
        };
    }

    /** Never cancels, and tells when it is asked. */
    private static Cancellation cancellation(Runnable asked) {
        return new Cancellation() {
            @Override
            public boolean isCancelled() {
                asked.run();
                return false;
            }

            @Override
            public void onCancel(Runnable action) {}
        };
    }

    private static void assertFails(Future<?> future, ToolException.Reason reason) {
        assertThat(failure(future).reason()).isEqualTo(reason);
    }

    private static String message(Future<?> future) {
        return String.valueOf(failure(future).getMessage());
    }

    private static ToolException failure(Future<?> future) {
        try {
            get(future);
        } catch (CompletionException | ToolException failed) {
            return (ToolException) (failed instanceof ToolException ? failed : failed.getCause());
        }
        throw new AssertionError("did not fail");
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
