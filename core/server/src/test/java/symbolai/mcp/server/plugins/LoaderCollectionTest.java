package symbolai.mcp.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a plugin takes from its context does not keep its class loader. */
class LoaderCollectionTest {

    @TempDir
    private Path folder;

    static Stream<Arguments> plugins() {
        return Stream.of(
                row("plain", "return Future.succeededFuture();"),
                row("with timers", """
                        context.timers().every(Duration.ofMillis(5), new Runnable() { public void run() { count++; } });
                        context.timers().once(Duration.ofHours(1), () -> count++);
                        var ticked = Promise.<Void>promise();
                        context.timers().once(Duration.ofMillis(20), ticked::complete);
                        return ticked.future();
                        """),
                row("with an HTTP client", """
                        return context.httpClient()
                                .request(io.vertx.core.http.HttpMethod.GET,
                                        context.config().getInteger("port"), "localhost", "/")
                                .compose(request -> request.send())
                                .compose(response -> response.body())
                                .map(body -> { last = body; return null; });
                        """),
                row("with SQLite", """
                        return context.sqlite(Path.of("own.db"), Sqlite.Mode.READ_WRITE, SqliteLimits.DEFAULT)
                                .compose(db -> db.query(SqliteStatement.of("SELECT 1"), SqliteCaps.NONE,
                                        Deadline.after(Duration.ofSeconds(10)), Cancellation.NEVER))
                                .map(result -> { last = result; return null; });
                        """),
                row("with key values", """
                        return context.keyValues().put("k", new JsonObject().put("v", 1))
                                .compose(put -> Future.join(
                                        context.keyValues().get("k"), context.keyValues().keys("")))
                                .map(value -> { last = value; return null; });
                        """),
                row("with work that blocks", """
                        return Future.join(java.util.stream.IntStream.range(0, 8)
                                .mapToObj(i -> context.blocking(() -> { last = new TheFamily(); return i; }))
                                .toList()).mapEmpty();
                        """),
                row("with work that blocks for ever", """
                        context.blocking(() -> { Thread.sleep(3_600_000); return new TheFamily(); });
                        return Future.succeededFuture();
                        """),
                row("that starts threads of Vert.x", """
                        var vertx = io.vertx.core.Vertx.currentContext().owner();
                        var all = new java.util.ArrayList<Future<?>>();
                        for (int i = 0; i < 40; i++) {
                            all.add(vertx.executeBlocking(() -> new TheFamily(), false));
                            all.add(vertx.fileSystem().exists("/"));
                            all.add(Future.future(promise -> vertx.setTimer(1, id -> promise.complete())));
                        }
                        return Future.join(all).mapEmpty();
                        """),
                row("that fails to start", "throw new Broken(this);"),
                row("that fails to start later", "return Future.failedFuture(new Broken(this));"));
    }

    private static Arguments row(String name, String start) {
        return Arguments.of(name, MEMBERS.formatted(start));
    }

    private static final String MEMBERS = """
            private volatile int count;
            private volatile Object last = this;
            static final class Broken extends RuntimeException {
                final TheFamily family;
                Broken(TheFamily family) { this.family = family; }
            }
            @Override public Future<Void> start(FamilyContext context) {
            %s
            }
            @Override public List<Tool> tools(FamilyContext context) {
                return List.of(tool("used", call -> Future.succeededFuture(ToolResult.text("" + count + last))));
            }
            """;

    @ParameterizedTest(name = "{0}")
    @MethodSource("plugins")
    void isCollectedAfterItIsReplacedAndAfterItIsRemoved(String name, String members) {
        String state = name.contains("fails") ? "REFUSED" : "LOADED";
        int serving = name.contains("fails") ? 0 : 1;
        try (var fixture = fixture()) {
            var plugin = TestPlugin.of("kept", "1.0.0", members);
            plugin.writeTo(fixture.zip("kept.zip"));
            fixture.start();
            assertThat(fixture.states("kept.zip")).containsExactly(state + " 1.0.0");

            plugin.property("plugin.version", "2.0.0").writeTo(fixture.zip("kept.zip"));
            fixture.settle();
            assertThat(fixture.states("kept.zip")).containsExactly(state + " 2.0.0");
            fixture.awaitQuiet();
            fixture.assertCollected(serving);

            fixture.delete("kept.zip");
            fixture.settle();
            fixture.awaitQuiet();
            assertThat(fixture.host.list()).isEmpty();
            fixture.assertCollected(0);
        }
    }

    private HostFixture fixture() {
        var section = new JsonObject();
        var fixture = new HostFixture(folder, Duration.ofHours(1), Duration.ofSeconds(10), Map.of("kept", section));
        HttpServer server = HostFixture.get(fixture.vertx
                .createHttpServer()
                .requestHandler(request -> request.response().end("hello"))
                .listen(0, "localhost"));
        section.put("port", server.actualPort());
        return fixture;
    }
}
