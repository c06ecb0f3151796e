package symbolai.mcp.plugins.local.d1;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.plugins.local.store.Asked.arguments;
import static symbolai.mcp.plugins.local.store.Asked.array;
import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.local.store.Asked;
import symbolai.mcp.plugins.local.store.SettableClock;
import symbolai.mcp.testkit.FakeFamilyContext;

/** Breaks off or holds one step of what has several. */
class BrokenStepsTest {

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:30:00Z"));
    private final AtomicReference<Supplier<Future<Void>>> beforeBlocking =
            new AtomicReference<>(Future::succeededFuture);
    private FakeFamilyContext context;
    private Asked d1;

    @BeforeEach
    void open() {
        context = new FakeFamilyContext("local", folder);
        var operations = await(D1Operations.open(interposed(), clock));
        d1 = new Asked(operations.operations(), operations.downloads());
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void aDatabaseThatCannotBeMeasuredIsMadeNevertheless() {
        beforeBlocking.set(() -> Future.failedFuture(new IOException("the disk is gone")));

        var id = database();

        beforeBlocking.set(Future::succeededFuture);
        execute(id, "CREATE TABLE t (v)");
        assertThat(d1.read("d1.get", arguments("databaseId", id)).getInteger("fileSize"))
                .isPositive();
    }

    @Test
    void aBookmarkIsGoodAlthoughAnOldOneCannotBeRemoved() throws IOException {
        var id = database();
        execute(id, "CREATE TABLE t (v)");
        var first = bookmark(id);
        for (var count = 0; count < 9; count++) {
            execute(id, "INSERT INTO t VALUES (1)");
            bookmark(id);
        }
        execute(id, "INSERT INTO t VALUES (1)");
        var undeletable = folder.resolve("d1-snapshots").resolve(first + ".sqlite");
        Files.delete(undeletable);
        Files.createDirectories(undeletable.resolve("full"));

        var last = bookmark(id);

        execute(id, "DELETE FROM t");
        d1.write("d1.restore", arguments("databaseId", id, "bookmark", last));
        assertThat(count(id)).isEqualTo(10);
    }

    @Test
    void askingForBookmarksTakesNoWayBackAway() {
        var id = database();
        execute(id, "CREATE TABLE t (v)");
        var asked = bookmark(id);
        d1.write("d1.import", arguments("databaseId", id, "sql", "INSERT INTO t VALUES (1)"));
        var beforeRestore = d1.write("d1.restore", arguments("databaseId", id, "bookmark", asked))
                .getString("previousBookmark");
        for (var count = 0; count < 12; count++) {
            execute(id, "INSERT INTO t VALUES (2)");
            bookmark(id);
        }

        d1.write("d1.restore", arguments("databaseId", id, "bookmark", beforeRestore));
        assertThat(count(id)).isEqualTo(1);
        d1.write("d1.restore", arguments("databaseId", id, "bookmark", asked));
        assertThat(count(id)).isZero();
    }

    @Test
    void aWriteDuringARestoreIsNotLost() {
        var id = database();
        execute(id, "CREATE TABLE t (v)");
        var bookmark = bookmark(id);
        execute(id, "INSERT INTO t VALUES (1), (2)");
        var restoring = held(2, operation("d1.restore", arguments("databaseId", id, "bookmark", bookmark)));

        var writing = d1.invoke(operation("d1.query", insertion(id)));
        letWritesThrough(id);
        restoring.go().complete();

        await(Future.all(restoring.done(), writing));
        assertThat(count(id)).isEqualTo(1);
    }

    @Test
    void aWriteDuringAnImportIsNotLost() {
        var id = database();
        execute(id, "CREATE TABLE t (v)");
        var importing = held(3, operation("d1.import", arguments("databaseId", id, "sql", "DELETE FROM t")));

        var writing = d1.invoke(operation("d1.query", insertion(id)));
        letWritesThrough(id);
        importing.go().complete();

        await(Future.all(importing.done(), writing));
        assertThat(count(id)).isEqualTo(1);
    }

    /** Sends the operation, and holds it when it is about to block for the so-and-so-many-th time. */
    private Held held(int blocking, Operation operation) {
        Promise<Void> reached = Promise.promise();
        Promise<Void> go = Promise.promise();
        var left = new AtomicInteger(blocking);
        beforeBlocking.set(() -> {
            if (left.decrementAndGet() != 0) {
                return Future.succeededFuture();
            }
            reached.complete();
            return go.future();
        });
        var done = d1.invoke(operation);
        await(reached.future());
        return new Held(go, done);
    }

    private record Held(Promise<Void> go, Future<?> done) {}

    /** Long enough for a write that waits for nobody. */
    private void letWritesThrough(String id) {
        for (var count = 0; count < 20; count++) {
            count(id);
        }
    }

    private FamilyContext interposed() {
        return (FamilyContext) Proxy.newProxyInstance(
                FamilyContext.class.getClassLoader(),
                new Class<?>[] {FamilyContext.class},
                (proxy, method, arguments) -> method.getName().equals("blocking")
                        ? beforeBlocking.get().get().compose(go -> context.blocking((Callable<?>) arguments[0]))
                        : method.invoke(context, arguments));
    }

    private String database() {
        return d1.write("d1.create", arguments("name", "broken")).getString("uuid");
    }

    private String bookmark(String id) {
        return d1.read("d1.bookmark", arguments("databaseId", id)).getString("bookmark");
    }

    private void execute(String id, String sql) {
        d1.write("d1.query", query(id, sql));
    }

    private int count(String id) {
        return d1.read("d1.query", query(id, "SELECT count(*) FROM t"))
                .getJsonArray("results")
                .getJsonObject(0)
                .getJsonArray("rows")
                .getJsonArray(0)
                .getInteger(0);
    }

    private static JsonObject insertion(String id) {
        return query(id, "INSERT INTO t VALUES (3)");
    }

    private static JsonObject query(String id, String sql) {
        var caps = arguments("rows", 100, "bytes", 100_000, "cellCharacters", 1000);
        JsonArray statements = array(arguments("sql", sql));
        return arguments("databaseId", id, "statements", statements, "caps", caps);
    }

    private static Operation operation(String name, JsonObject arguments) {
        return new Operation(
                name, arguments, Operation.Access.WRITE, Deadline.after(Duration.ofSeconds(30)), Cancellation.NEVER);
    }
}
