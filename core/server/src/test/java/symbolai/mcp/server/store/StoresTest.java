package symbolai.mcp.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.ToolException;

class StoresTest {

    @TempDir
    Path folder;

    private Vertx vertx;
    private Database database;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        database = new Database(vertx, folder.resolve("test.db"));
        done(database.start());
    }

    @AfterEach
    void close() {
        done(database.close());
        done(vertx.close());
    }

    @Test
    void onlyTheServerCanReadTheFile() throws Exception {
        var mode = Files.getPosixFilePermissions(folder.resolve("test.db"));

        assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
    }

    @Test
    void aDatabaseIsStartedOnce() {
        assertThatThrownBy(() -> done(database.start())).hasMessageContaining("the connections are open already");

        assertThat(done(new UserStore(database).find("ada"))).isEmpty();
    }

    @Test
    void aNameIsTakenOnce() {
        var users = new UserStore(database);
        done(users.add(user("1", "ada", "admin")));

        var again = done(users.add(user("2", "ada", "viewer")));

        assertThat(again).isFalse();
        assertThat(done(users.find("ada")).orElseThrow().id()).isEqualTo("1");
    }

    @Test
    void theLastAdminStays() {
        var users = new UserStore(database);
        done(users.add(user("1", "ada", "admin")));
        done(users.add(user("2", "bob", "viewer")));

        assertThat(done(users.remove("1"))).isFalse();
        assertThat(done(users.setRole("1", "viewer", 5))).isFalse();
        assertThat(done(users.setRole("1", "admin", 5))).isTrue();
        assertThat(done(users.setRole("2", "admin", 5))).isTrue();
        assertThat(done(users.setRole("1", "viewer", 5))).isTrue();
        assertThat(done(users.remove("1"))).isTrue();
        assertThat(done(users.list())).extracting(UserRow::name).containsExactly("bob");
    }

    @Test
    void twoAdminsWhoLeaveAtOnceLeaveOne() {
        var users = new UserStore(database);
        done(users.add(user("1", "ada", "admin")));
        done(users.add(user("2", "bob", "admin")));

        var left = done(Future.all(users.remove("1"), users.setRole("2", "viewer", 5)));

        assertThat(left.<Boolean>list()).containsExactly(true, false);
    }

    @Test
    void connectionsGoWithTheirUser() {
        var users = new UserStore(database);
        var connections = new ConnectionStore(database);
        done(users.add(user("1", "ada", "admin")));
        done(users.add(user("2", "bob", "viewer")));
        for (var owner : List.of("1", "2", "local")) {
            done(connections.put(
                    () -> new ConnectionRow("of-" + owner, owner, "main", "cloudflare", "sealed", 0, 1, true, "{}"),
                    5));
        }

        done(users.remove("2"));

        assertThat(done(connections.active())).extracting(ConnectionRow::owner).containsExactlyInAnyOrder("1", "local");
    }

    @Test
    void keysGoWithTheirUser() {
        var users = new UserStore(database);
        var keys = new KeyStore(database);
        done(users.add(user("1", "ada", "admin")));
        done(users.add(user("2", "bob", "viewer")));
        done(keys.add(key("k1", "1")));
        done(keys.add(key("k2", "2")));

        done(users.remove("2"));

        assertThat(done(keys.list())).containsExactly(key("k1", "1"));
    }

    @Test
    void aKeyIsRevokedOnce() {
        var keys = new KeyStore(database);
        done(new UserStore(database).add(user("1", "ada", "admin")));
        done(keys.add(key("k1", "1")));

        assertThat(done(keys.revoke("k1", 77))).isTrue();
        assertThat(done(keys.revoke("k1", 78))).isFalse();
        assertThat(done(keys.revoke("k2", 78))).isFalse();
        assertThat(done(keys.list()).get(0).revoked()).isEqualTo(77);
    }

    @Test
    void theLastUseOfSeveralKeysIsWrittenAtOnce() {
        var keys = new KeyStore(database);
        done(new UserStore(database).add(user("1", "ada", "admin")));
        done(keys.add(key("k1", "1")));
        done(keys.add(key("k2", "1")));

        done(keys.used(Map.of("k1", 60_000L, "k2", 120_000L, "gone", 1L)));

        assertThat(done(keys.list())).extracting(KeyRow::used).containsExactly(60_000L, 120_000L);
    }

    @Test
    void tasksAreReplacedListedAndExpire() {
        var tasks = new TaskStore(database);
        done(tasks.put(task("a", "WORKING", 100)));
        done(tasks.put(task("b", "working", 200)));
        done(tasks.put(task("c", "input_required", 300)));
        done(tasks.put(task("a", "COMPLETED", 100)));

        assertThat(done(tasks.unfinished())).extracting(TaskRow::id).containsExactly("b", "c");
        assertThat(done(tasks.removeExpired(Instant.ofEpochMilli(200)))).isEqualTo(2);
        assertThat(done(tasks.get("a"))).isEmpty();
        assertThat(done(tasks.get("c"))).contains(task("c", "input_required", 300));
        done(tasks.remove("c"));
        assertThat(done(tasks.get("c"))).isEmpty();
    }

    @Test
    void sessionsAreReplacedAndExpire() {
        var sessions = new SessionStore(database);
        done(sessions.put(new SessionRow("s", false, "", List.of(), 50)));
        var row = new SessionRow("s", true, "warning", List.of("d1://a", "d1://b"), 60);

        done(sessions.put(row));

        assertThat(done(sessions.get("s"))).contains(row);
        assertThat(done(sessions.removeExpired(Instant.ofEpochMilli(59)))).isZero();
        assertThat(done(sessions.removeExpired(Instant.ofEpochMilli(60)))).isEqualTo(1);
        assertThat(done(sessions.get("s"))).isEmpty();
    }

    @Test
    void pluginsDoNotSeeEachOthersValues() {
        var store = new KeyValueStore(database);
        done(store.of("d1").put("a%", new JsonObject().put("n", 1)));
        done(store.of("d1").put("A%b", new JsonObject().put("n", 2)));
        done(store.of("d1").put("ab", new JsonObject().put("n", 3)));
        done(store.of("kv").put("a%", new JsonObject().put("n", 4)));
        done(store.of("d1").put("a%", new JsonObject().put("n", 5)));

        assertThat(done(store.of("d1").get("a%"))).contains(new JsonObject().put("n", 5));
        assertThat(done(store.of("d1").keys("a%"))).containsExactly("a%");
        assertThat(done(store.of("d1").keys(""))).containsExactly("A%b", "a%", "ab");
        done(store.of("d1").remove("a%"));
        assertThat(done(store.of("d1").get("a%"))).isEmpty();
        assertThat(done(store.of("kv").get("a%"))).contains(new JsonObject().put("n", 4));
        done(store.remove("kv"));
        assertThat(done(store.of("kv").keys(""))).isEmpty();
    }

    @Test
    void tooLongKeysAndValuesAreRefused() {
        var values = new KeyValueStore(database).of("d1");

        assertThatThrownBy(() -> done(values.put("k".repeat(513), new JsonObject())))
                .isInstanceOf(ToolException.class)
                .hasMessage("The key has 513 characters; at most 512 are allowed.");
        assertThatThrownBy(() -> done(values.put("k", new JsonObject().put("v", "x".repeat(1 << 20)))))
                .isInstanceOf(ToolException.class)
                .hasMessage("The value of the key k has 1048584 bytes as JSON; at most 1048576 are allowed.");
    }

    @Test
    void aFailedWriteChangesNothing() {
        var users = new UserStore(database);

        assertThatThrownBy(() -> done(database.write(connection -> {
                    Sql.update(
                            connection,
                            "INSERT INTO users (id, name, lookup, role, password, created, updated)"
                                    + " VALUES ('1', 'a', 'a', 'admin', '', 0, 0)");
                    throw new IllegalStateException("half way");
                })))
                .hasMessage("half way");

        assertThat(done(users.list())).isEmpty();
    }

    @Test
    void readersCannotWrite() {
        assertThatThrownBy(() -> done(database.read(connection -> Sql.update(connection, "DELETE FROM users"))))
                .hasMessageContaining("readonly");
    }

    @Test
    void foreignKeysAreEnforced() {
        assertThatThrownBy(() -> done(new KeyStore(database).add(key("k1", "nobody"))))
                .hasMessageContaining("FOREIGN KEY");
    }

    @Test
    void aFullQueueRefuses() {
        var latch = new CountDownLatch(1);
        var slow = database.write(connection -> waitFor(latch));
        var calls = IntStream.range(0, 1_001)
                .mapToObj(index -> database.update("DELETE FROM users WHERE id = ?", "none"))
                .toList();

        assertThatThrownBy(() -> done(calls.get(1_000)))
                .isInstanceOf(ToolException.class)
                .hasMessage("The server's database is busy: 1000 requests wait already; try again later.");
        latch.countDown();
        assertThat(done(slow)).isTrue();
        assertThat(done(Future.all(calls.subList(0, 1_000))).<Integer>list()).containsOnly(0);
        assertThat(done(database.update("DELETE FROM users"))).isZero();
    }

    @Test
    void closingWaitsForWhatWasAskedBefore() {
        var users = new UserStore(database);
        var added = users.add(user("1", "ada", "admin"));

        done(database.close());

        assertThat(done(added)).isTrue();
        assertThatThrownBy(() -> done(users.list()))
                .isInstanceOf(ToolException.class)
                .hasMessage("The server's database is closed; the server is stopping.");
        database = new Database(vertx, folder.resolve("test.db"));
        done(database.start());
        assertThat(done(new UserStore(database).list())).hasSize(1);
    }

    private static boolean waitFor(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static UserRow user(String id, String name, String role) {
        return new UserRow(id, name, name, role, "", 1, 1);
    }

    private static KeyRow key(String id, String user) {
        return new KeyRow(id, user, "label", "hash", List.of("d1_*", "kv_*"), 1, 2, 0, 0, true, List.of("10.0.0.0/8"));
    }

    private static TaskRow task(String id, String status, long expires) {
        return new TaskRow(id, "1", "d1_query", status, 1, 2, expires, "{}");
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
