package symbolai.mcp.server.rest.v4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Secret;

class V4RulesTest {

    private static final V4Routes ROUTES = new V4Routes(List.of(
            V4Route.of("GET", "/accounts/{account}/keys", V4RulesTest::nothing),
            V4Route.of("GET", "/accounts/{account}/keys/{key*}", V4RulesTest::nothing),
            V4Route.of("PUT", "/accounts/{account}/keys/{key*}", V4RulesTest::nothing)));

    private static Future<V4Answer> nothing(V4Request request) {
        return Future.succeededFuture(V4Answer.empty(200));
    }

    static Stream<Arguments> paths() {
        return Stream.of(
                Arguments.of("/client/v4/accounts/a/keys", Map.of("account", "a")),
                Arguments.of("/client/v4/accounts/a/keys/b", Map.of("account", "a", "key", "b")),
                Arguments.of("/client/v4/accounts/a/keys/b%2Fc/d//e", Map.of("account", "a", "key", "b/c/d//e")),
                Arguments.of("/client/v4/accounts/a/keys/..%2F..", Map.of("account", "a", "key", "../..")),
                Arguments.of("/client/v4/accounts/a/keys/%C3%BC+%20", Map.of("account", "a", "key", "ü+ ")));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void variablesAreDecodedPartByPart(String path, Map<String, String> variables) {
        assertThat(ROUTES.find("GET", path).variables()).isEqualTo(variables);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/client/v4/accounts/a,404,7003",
        "GET,/client/v4/accounts//keys,404,7003",
        "GET,/client/v4/accounts/a/keys/,404,7003",
        "GET,/other,404,7003",
        "DELETE,/client/v4/accounts/a/keys/b,405,10405",
        "GET,/client/v4/accounts/a/keys/%,400,7003",
        "GET,/client/v4/accounts/a/keys/%FF,400,7003"
    })
    void otherPathsAreRefusedAsCloudflareDoes(String method, String path, int status, int code) {
        assertThatThrownBy(() -> ROUTES.find(method, path)).isInstanceOfSatisfying(V4Error.class, error -> {
            assertThat(error.status()).isEqualTo(status);
            assertThat(error.code()).isEqualTo(code);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/client/v4/user/tokens/verify,401,1000",
        "/client/v4/accounts/x/tokens/verify,401,1000",
        "/client/v4/accounts,403,9109",
        "/client/v4/accounts/x/d1/database,401,10000"
    })
    void aWrongTokenIsRefusedInTheWordsOfEachService(String path, int status, int code) {
        var bearer = new Bearer(new Secret("the-right-token"));
        var wrong = MultiMap.caseInsensitiveMultiMap().add("Authorization", "Bearer the-right-toke");
        var right = MultiMap.caseInsensitiveMultiMap().add("Authorization", "bearer the-right-token");

        var objection = bearer.objection(wrong, path).orElseThrow();

        assertThat(objection.status()).isEqualTo(status);
        assertThat(objection.code()).isEqualTo(code);
        assertThat(bearer.objection(right, path)).isEmpty();
        assertThat(bearer.objection(right.add("Authorization", "Bearer the-right-token"), path))
                .isPresent();
        assertThat(bearer.objection(MultiMap.caseInsensitiveMultiMap(), path)
                        .orElseThrow()
                        .code())
                .isEqualTo(9106);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8421,true",
        "localhost,true",
        "[::1]:80,true",
        "LOCALHOST:1,true",
        "example.com,false",
        "127.0.0.1.example.com,false",
        "localhost:80:80,false"
    })
    void onlyThisMachineIsCalled(String host, boolean mayEnter) {
        var headers = MultiMap.caseInsensitiveMultiMap().add("Host", host);

        assertThat(new LoopbackDoor().objection(headers).isEmpty()).isEqualTo(mayEnter);
        assertThat(new LoopbackDoor().objection(headers.add("Origin", "http://" + host)))
                .isPresent();
    }

    @Test
    void nestedFieldsMakeAnObject() {
        var parts = Stream.of("a=1", "b[c]=2", "list[]=3", "list[]=4", "of[][x]=5", "of[][y]=6", "of[][x]=7")
                .map(field -> "metadata[" + field.replaceFirst("(?=[\\[=])", "]"))
                .map(field -> new Multipart.Part(
                        field.substring(0, field.indexOf('=')),
                        "",
                        Optional.empty(),
                        Buffer.buffer(field.substring(field.indexOf('=') + 1))))
                .toList();

        assertThat(NestedFields.object(parts, "metadata").orElseThrow())
                .isEqualTo(new JsonObject()
                        .put("a", "1")
                        .put("b", new JsonObject().put("c", "2"))
                        .put("list", new JsonArray().add("3").add("4"))
                        .put(
                                "of",
                                new JsonArray()
                                        .add(new JsonObject().put("x", "5").put("y", "6"))
                                        .add(new JsonObject().put("x", "7"))));
        assertThat(NestedFields.object(parts, "other")).isEmpty();
    }

    @Test
    void signedFilesAreBoundedAndExpire() {
        var now = new Instant[] {Instant.EPOCH};
        var files = new SignedFiles(() -> now[0], 1 << 20);

        var first = files.open(new JsonObject().put("databaseId", "d"));
        assertThat(files.bring(first, Buffer.buffer("sql"))).isTrue();
        assertThat(files.bring("another", Buffer.buffer("sql"))).isFalse();
        assertThat(files.take(first).orElseThrow().content()).contains(Buffer.buffer("sql"));
        assertThat(files.take(first)).isEmpty();

        var old = files.open(new JsonObject());
        now[0] = Instant.EPOCH.plus(Duration.ofMinutes(61));
        assertThat(files.find(old)).isEmpty();
        var oldest = files.open(new JsonObject());
        for (var count = 0; count < 100; count++) {
            files.open(new JsonObject());
        }
        assertThat(files.find(oldest)).isEmpty();
    }

    @Test
    void bodiesTogetherAreBounded() {
        var budget = new BodyBudget(10);

        assertThat(budget.take(6)).isTrue();
        assertThat(budget.take(5)).isFalse();
        budget.give(6);
        assertThat(budget.take(10)).isTrue();
    }
}
