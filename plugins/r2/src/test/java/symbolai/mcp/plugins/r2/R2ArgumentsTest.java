package symbolai.mcp.plugins.r2;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.testkit.Answers.await;
import static symbolai.mcp.testkit.Answers.failure;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

/** Bad arguments, row by row: each ends before anything was asked of the connection. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class R2ArgumentsTest {

    private static final String BUCKET = "arguments";

    private FakeFamilyContext context;
    private RecordedConnection connection;
    private FamilyBench r2;

    @BeforeAll
    void open(@TempDir Path folder) {
        context = new FakeFamilyContext("r2", folder);
        var local = new LocalPlugin();
        await(local.start(context));
        connection = new RecordedConnection(
                new CheckedConnection(local.connectors(context).get(0).open(Credentials.NONE, new FakeUpstream())));
        r2 = new FamilyBench(new R2Plugin(), context, connection);
        r2.json("r2_create_bucket", in(BUCKET));
    }

    @AfterAll
    void close() {
        context.close();
    }

    static Stream<Arguments> badArguments() {
        var object = in(BUCKET).put("key", "k");
        var put = object.copy().put("text", "v");
        return Stream.of(
                Arguments.of("r2_list_buckets", new JsonObject().put("perPage", 0)),
                Arguments.of("r2_list_buckets", new JsonObject().put("perPage", 1001)),
                Arguments.of("r2_list_buckets", new JsonObject().put("jurisdiction", "us")),
                Arguments.of("r2_list_buckets", new JsonObject().put("jurisdiction", "eu\r\nx: y")),
                Arguments.of("r2_list_buckets", new JsonObject().put("cursor", "c".repeat(5000))),
                Arguments.of("r2_list_buckets", new JsonObject().put("nothing", 1)),
                Arguments.of("r2_create_bucket", in("ab")),
                Arguments.of("r2_create_bucket", in("-ab")),
                Arguments.of("r2_create_bucket", in("ab-")),
                Arguments.of("r2_create_bucket", in("Abc")),
                Arguments.of("r2_create_bucket", in("a_b")),
                Arguments.of("r2_create_bucket", in("a.b")),
                Arguments.of("r2_create_bucket", in("b".repeat(64))),
                Arguments.of("r2_create_bucket", in("abc\n")),
                Arguments.of("r2_create_bucket", in("bucket").put("locationHint", "moon")),
                Arguments.of("r2_create_bucket", in("bucket").put("storageClass", "standard")),
                Arguments.of("r2_list_objects", in(BUCKET).put("limit", 0)),
                Arguments.of("r2_list_objects", in(BUCKET).put("limit", 1001)),
                Arguments.of("r2_list_objects", in(BUCKET).put("limit", "10")),
                Arguments.of("r2_list_objects", in(BUCKET).put("delimiter", "")),
                Arguments.of("r2_list_objects", in(BUCKET).put("delimiter", "/".repeat(17))),
                Arguments.of("r2_list_objects", in(BUCKET).put("prefix", "p".repeat(1025))),
                Arguments.of("r2_get_object", in(BUCKET)),
                Arguments.of("r2_get_object", in(BUCKET).put("key", "")),
                Arguments.of("r2_get_object", in(BUCKET).put("key", ".")),
                Arguments.of("r2_get_object", in(BUCKET).put("key", "..")),
                Arguments.of("r2_get_object", in(BUCKET).put("key", "\udc00")),
                Arguments.of("r2_get_object", in(BUCKET).put("key", "ä".repeat(513))),
                Arguments.of("r2_delete_object", in(BUCKET).put("key", "..").put("confirmName", "..")),
                Arguments.of("r2_put_object", object),
                Arguments.of("r2_put_object", put.copy().put("base64", "AA==")),
                Arguments.of("r2_put_object", object.copy().put("base64", "AA")),
                Arguments.of("r2_put_object", object.copy().put("base64", "%%%%")),
                Arguments.of("r2_put_object", put.copy().put("contentType", "")),
                Arguments.of("r2_put_object", put.copy().put("contentType", "text/plain\r\nx: y")),
                Arguments.of("r2_put_object", put.copy().put("contentType", "t".repeat(201))),
                Arguments.of("r2_put_object", put.copy().put("metadata", new JsonObject().put("n", 1))),
                Arguments.of("r2_put_object", put.copy().put("metadata", new JsonObject().put("n\r\n", "x"))),
                Arguments.of("r2_put_object", put.copy().put("metadata", new JsonObject().put("", "x"))),
                Arguments.of("r2_put_object", put.copy().put("metadata", new JsonObject().put("n", "x\ny"))),
                Arguments.of("r2_put_object", put.copy().put("metadata", new JsonObject().put("n", "x".repeat(8192)))),
                Arguments.of("r2_put_object", put.copy().put("overwrite", "yes")));
    }

    @ParameterizedTest
    @MethodSource("badArguments")
    void badArgumentsAreRefusedBeforeAnythingIsAsked(String tool, JsonObject arguments) {
        connection.forget();

        var failure = r2.failure(tool, arguments);

        assertThat(failure.reason()).isEqualTo(Reason.INVALID);
        assertThat(failure.getMessage()).isNotBlank().hasSizeLessThan(2000);
        assertThat(connection.names()).isEmpty();
    }

    @Test
    void aHostileBucketIsNeverAskedFor() {
        for (var text : HostileTexts.all()) {
            connection.forget();
            var known = text.matches("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
            var failure = r2.failure("r2_get_object", in(text).put("key", "k"));

            assertThat(failure.reason()).as(text).isEqualTo(known ? Reason.NOT_FOUND : Reason.INVALID);
            assertThat(connection.names()).as(text).hasSize(known ? 1 : 0);
        }
    }

    @Test
    void aHostileKeyIsKeptAsItIsOrRefused() {
        var kept = 0;
        for (var text : HostileTexts.all()) {
            connection.forget();
            var arguments = in(BUCKET).put("key", text);
            if (!fits(text)) {
                assertThat(r2.failure("r2_put_object", arguments.copy().put("text", "x"))
                                .reason())
                        .as(text)
                        .isEqualTo(Reason.INVALID);
                assertThat(connection.names()).as(text).isEmpty();
                continue;
            }
            r2.json("r2_put_object", arguments.copy().put("text", "here"));

            assertThat(connection.asked().get(0).arguments().getString("key")).isEqualTo(text);
            var read = r2.json("r2_get_object", arguments);
            assertThat(read.getString("key")).isEqualTo(text);
            assertThat(resource(read.getString("uri"))).isEqualTo("here");
            r2.json("r2_delete_object", arguments.copy().put("confirmName", text));
            assertThat(r2.failure("r2_get_object", arguments).reason()).isEqualTo(Reason.NOT_FOUND);
            kept++;
        }
        assertThat(kept).isGreaterThan(60);
    }

    @Test
    void aHostileUriReachesNothing() {
        for (var uri : List.of(
                "r2://..%2F/k",
                "r2://Box/k",
                "r2://a%00b/k",
                "r2://us/arguments/k",
                "r2://..%2F../arguments/k",
                "r2://arguments/%2E%2E",
                "r2://arguments/.")) {
            connection.forget();
            assertThat(failure(r2.read(uri)).reason()).as(uri).isEqualTo(Reason.INVALID);
            assertThat(connection.names()).as(uri).isEmpty();
        }
    }

    @Test
    void aHostileContentTypeIsNoneOfOurs() {
        for (var type : List.of("x", "text/html; a=\"", "text /plain", "a/b/c", "TEXT/HTML;x", ";/;")) {
            r2.json(
                    "r2_put_object",
                    in(BUCKET)
                            .put("key", "typed")
                            .put("text", "x")
                            .put("contentType", type)
                            .put("overwrite", true));

            var contents = ((ResourceResult) await(r2.read("r2://arguments/typed"))).contents();

            assertThat(contents.get(0).mimeType().toLowerCase(Locale.ROOT)).isIn("text/plain", "text/html");
        }
    }

    private String resource(String uri) {
        var contents = ((ResourceResult) await(r2.read(uri))).contents();
        return ((ResourceContents.Text) contents.get(0)).text();
    }

    private static boolean fits(String key) {
        return !List.of("", ".", "..").contains(key)
                && StandardCharsets.UTF_8.newEncoder().canEncode(key)
                && key.getBytes(StandardCharsets.UTF_8).length <= 1024;
    }

    private static JsonObject in(String bucket) {
        return new JsonObject().put("bucket", bucket);
    }
}
