package symbolai.mcp.plugins.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.ResourceContents;
import symbolai.mcp.api.ResourceResult;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.local.LocalPlugin;
import symbolai.mcp.testkit.CheckedConnection;
import symbolai.mcp.testkit.FakeFamilyContext;
import symbolai.mcp.testkit.FakeUpstream;
import symbolai.mcp.testkit.FamilyBench;
import symbolai.mcp.testkit.HostileTexts;
import symbolai.mcp.testkit.RecordedConnection;

/** Bad arguments, row by row: each ends before anything but a look at the list of namespaces was asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KvArgumentsTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";

    private FakeFamilyContext context;
    private RecordedConnection connection;
    private FamilyBench kv;
    private String id;

    @BeforeAll
    void open(@TempDir Path folder) {
        context = new FakeFamilyContext("kv", folder);
        var local = new LocalPlugin();
        await(local.start(context));
        connection = new RecordedConnection(
                new CheckedConnection(local.connectors(context).get(0).open(Credentials.NONE, new FakeUpstream())));
        kv = new FamilyBench(new KvPlugin(), context, connection);
        id = kv.json("kv_create_namespace", new JsonObject().put("title", "arguments"))
                .getString("id");
    }

    @AfterAll
    void close() {
        context.close();
    }

    static Stream<Arguments> badArguments() {
        var place = new JsonObject().put("namespaceId", ID);
        var spot = place.copy().put("key", "k");
        var value = spot.copy().put("text", "v");
        return Stream.of(
                row("kv_list_namespaces", "{'page':0}"),
                row("kv_list_namespaces", "{'page':'1'}"),
                row("kv_list_namespaces", "{'page':1.5}"),
                row("kv_list_namespaces", "{'perPage':101}"),
                row("kv_list_namespaces", "{'perPage':0}"),
                row("kv_list_namespaces", "{'nothing':1}"),
                row("kv_create_namespace", "{}"),
                row("kv_create_namespace", "{'title':''}"),
                row("kv_create_namespace", "{'title':null}"),
                row("kv_create_namespace", "{'title':['a']}"),
                Arguments.of("kv_create_namespace", new JsonObject().put("title", "t".repeat(513))),
                Arguments.of("kv_list_keys", new JsonObject().put("namespaceId", "")),
                Arguments.of("kv_list_keys", place.copy().put("limit", 0)),
                Arguments.of("kv_list_keys", place.copy().put("limit", 1001)),
                Arguments.of("kv_list_keys", place.copy().put("limit", -1)),
                Arguments.of("kv_list_keys", place.copy().put("limit", "10")),
                Arguments.of("kv_list_keys", place.copy().put("limit", 1e300)),
                Arguments.of("kv_list_keys", place.copy().put("prefix", "p".repeat(513))),
                Arguments.of("kv_list_keys", place.copy().put("cursor", "c".repeat(5000))),
                Arguments.of("kv_get", place),
                Arguments.of("kv_get", place.copy().put("key", "")),
                Arguments.of("kv_get", place.copy().put("key", ".")),
                Arguments.of("kv_get", place.copy().put("key", "..")),
                Arguments.of("kv_get", place.copy().put("key", "\ud800")),
                Arguments.of("kv_get", place.copy().put("key", "ä".repeat(257))),
                Arguments.of("kv_get", place.copy().put("key", 7)),
                Arguments.of("kv_delete", place.copy().put("key", "..").put("confirmName", "..")),
                Arguments.of("kv_put", spot),
                Arguments.of("kv_put", value.copy().put("base64", "AA==")),
                Arguments.of("kv_put", spot.copy().put("base64", "no base64!")),
                Arguments.of("kv_put", spot.copy().put("base64", "AA")),
                Arguments.of("kv_put", spot.copy().put("base64", "_-8=")),
                Arguments.of("kv_put", value.copy().put("expirationTtl", 59)),
                Arguments.of("kv_put", value.copy().put("expirationTtl", 4_000_000_000L)),
                Arguments.of("kv_put", value.copy().put("expirationTtl", 60).put("expiration", "2099-01-01T00:00:00Z")),
                Arguments.of("kv_put", value.copy().put("expiration", "2001-01-01T00:00:00Z")),
                Arguments.of("kv_put", value.copy().put("expiration", "tomorrow")),
                Arguments.of("kv_put", value.copy().put("expiration", "2099-01-01")),
                Arguments.of("kv_put", value.copy().put("expiration", "+999999999-12-31T23:59:59Z")),
                Arguments.of("kv_put", value.copy().put("metadata", "m".repeat(1023))),
                Arguments.of("kv_put", value.copy().putNull("metadata")),
                Arguments.of("kv_bulk_get", place.copy().put("keys", new JsonArray())),
                Arguments.of("kv_bulk_get", place.copy().put("keys", keys(101))),
                Arguments.of("kv_bulk_get", place.copy().put("keys", JsonArray.of("a", "a"))),
                Arguments.of("kv_bulk_get", place.copy().put("keys", JsonArray.of("a", ".."))),
                Arguments.of("kv_bulk_get", place.copy().put("keys", "a")),
                Arguments.of("kv_bulk_delete", place.copy().put("keys", keys(10_001))),
                Arguments.of(
                        "kv_bulk_delete",
                        place.copy().put("keys", JsonArray.of("a")).put("planHash", "x".repeat(65))),
                Arguments.of(
                        "kv_bulk_put", place.copy().put("entries", JsonArray.of(new JsonObject().put("key", "k")))),
                Arguments.of(
                        "kv_bulk_put",
                        place.copy()
                                .put(
                                        "entries",
                                        JsonArray.of(
                                                new JsonObject().put("key", "k").put("text", "1"),
                                                new JsonObject().put("key", "k").put("text", "2")))));
    }

    @ParameterizedTest
    @MethodSource("badArguments")
    void badArgumentsAreRefusedBeforeAnythingIsAsked(String tool, JsonObject arguments) {
        connection.forget();

        var failure = kv.failure(tool, arguments);

        assertThat(failure.reason()).isEqualTo(Reason.INVALID);
        assertThat(failure.getMessage()).isNotBlank().hasSizeLessThan(2000);
        assertThat(connection.names()).isEmpty();
    }

    @Test
    void aHostileNamespaceIsNoMoreThanLookedFor() {
        for (var text : HostileTexts.all()) {
            connection.forget();
            var failure = kv.failure(
                    "kv_get", new JsonObject().put("namespaceId", text).put("key", "k"));

            assertThat(failure.reason()).as(text).isIn(Reason.NOT_FOUND, Reason.INVALID);
            assertThat(failure.getMessage().chars()).as(text).noneMatch(Character::isISOControl);
            assertThat(connection.names()).as(text).allMatch("kv.namespaces.list"::equals);
        }
    }

    @Test
    void aHostileKeyIsKeptAsItIsOrRefused() {
        var kept = 0;
        for (var text : HostileTexts.all()) {
            connection.forget();
            var arguments = new JsonObject().put("namespaceId", id).put("key", text);
            if (!fits(text)) {
                assertThat(kv.failure("kv_put", arguments.copy().put("text", "x"))
                                .reason())
                        .as(text)
                        .isEqualTo(Reason.INVALID);
                assertThat(connection.names()).as(text).isEmpty();
                continue;
            }
            kv.json("kv_put", arguments.copy().put("text", "here"));

            assertThat(connection.asked().get(0).arguments().getString("key")).isEqualTo(text);
            assertThat(kv.json("kv_get", arguments).getString("key")).isEqualTo(text);
            assertThat(resource(text)).isEqualTo("here");
            kv.json("kv_delete", arguments.copy().put("confirmName", text));
            assertThat(kv.failure("kv_get", arguments).reason()).isEqualTo(Reason.NOT_FOUND);
            kept++;
        }
        assertThat(kept).isGreaterThan(60);
    }

    @Test
    void aHostileValueIsKeptAsItIs() {
        for (var text : HostileTexts.all()) {
            var arguments = new JsonObject().put("namespaceId", id).put("key", "value");
            if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                kv.json("kv_put", arguments.copy().put("text", text));
                var read = kv.json("kv_get", arguments);
                assertThat(
                                read.containsKey("text")
                                        ? read.getString("text").getBytes(StandardCharsets.UTF_8)
                                        : Base64.getDecoder().decode(read.getString("base64")))
                        .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private String resource(String key) {
        var contents = ((ResourceResult) await(kv.read(KvUri.of(id, key)))).contents();
        return ((ResourceContents.Text) contents.get(0)).text();
    }

    private static boolean fits(String key) {
        return !List.of("", ".", "..").contains(key)
                && StandardCharsets.UTF_8.newEncoder().canEncode(key)
                && key.getBytes(StandardCharsets.UTF_8).length <= 512;
    }

    private static Arguments row(String tool, String json) {
        return Arguments.of(tool, new JsonObject(json.replace('\'', '"')));
    }

    private static JsonArray keys(int count) {
        var keys = new JsonArray();
        for (var number = 0; number < count; number++) {
            keys.add("k" + number);
        }
        return keys;
    }
}
