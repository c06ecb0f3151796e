package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import symbolai.mcp.api.Confirmation;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Tools over REST: parameters, answers, errors, questions. */
class RestToolsTest {

    @TempDir
    static Path folder;

    private static TestServer server;
    private static RestClient rest;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        rest = new RestClient(server.admin());
        new Probe(server).publish(echo(), echoBody(), failing(), declining(), asking());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonObject everyType() {
        return Schemas.object()
                .optional("databaseId", Schemas.string("An id.").put("maxLength", 10))
                .optional("count", Schemas.integer("A count."))
                .optional("ratio", Schemas.number("A ratio."))
                .optional("flag", Schemas.bool("A flag."))
                .optional("names", Schemas.array("Names.", Schemas.string("A name.")))
                .optional("numbers", Schemas.array("Numbers.", Schemas.integer("A number.")))
                .optional("filter", new JsonObject().put("type", "object"))
                .optional(
                        "either",
                        new JsonObject()
                                .put("type", new JsonArray().add("integer").add("boolean")))
                .optional("limit", Schemas.integer("How many."))
                .build();
    }

    private static Tool echo() {
        return Tool.named("probe_echo")
                .description("Gives its arguments.")
                .input(everyType())
                .annotations(ToolAnnotations.READ_ONLY)
                .rest(RestBinding.get("probe/echo").renamed("id", "databaseId"))
                .handler(call -> Future.succeededFuture(ToolResult.json(call.arguments())));
    }

    private static Tool echoBody() {
        return Tool.named("probe_echo_body")
                .description("Gives its arguments.")
                .input(everyType())
                .rest(RestBinding.post("probe/echo").renamed("id", "databaseId"))
                .handler(call -> Future.succeededFuture(ToolResult.json(call.arguments())));
    }

    private static Tool failing() {
        return Tool.named("probe_fail")
                .description("Fails.")
                .input(Schemas.object()
                        .required("reason", Schemas.string("Why."))
                        .build())
                .annotations(ToolAnnotations.READ_ONLY)
                .rest(RestBinding.get("probe/fail"))
                .handler(RestToolsTest::fail);
    }

    private static Future<ToolOutcome> fail(ToolCall call) {
        var reason = call.arguments().getString("reason");
        if (reason.equals("BUG")) {
            return Future.failedFuture(new IllegalStateException("a secret of the house"));
        }
        return Future.failedFuture(new ToolException(
                Reason.valueOf(reason),
                "it was " + reason,
                reason.equals("RATE_LIMITED") ? Optional.of(Instant.now().plusSeconds(40)) : Optional.empty()));
    }

    private static Tool declining() {
        return Tool.named("probe_decline")
                .description("Says no.")
                .annotations(ToolAnnotations.READ_ONLY)
                .rest(RestBinding.get("probe/decline"))
                .handler(call -> Future.succeededFuture(ToolResult.error("I will not")));
    }

    private static Tool asking() {
        return Tool.named("probe_ask")
                .description("Asks.")
                .input(Schemas.object().required("id", Schemas.string("Which.")).build())
                .rest(RestBinding.delete("probe/ask"))
                .handler(call -> new Confirmation("Delete it", "shop", "1")
                        .before(
                                call,
                                () -> Future.succeededFuture(ToolResult.json(new JsonObject().put("gone", true)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "''|{}",
                "id=abc|{'databaseId':'abc'}",
                "id=|{'databaseId':''}",
                "id=5|{'databaseId':'5'}",
                "id=%26%3D%25|{'databaseId':'&=%'}",
                "count=5|{'count':5}",
                "count=-5|{'count':-5}",
                "count=9007199254740993|{'count':9007199254740993}",
                "ratio=2.5e3|{'ratio':2500.0}",
                "ratio=3|{'ratio':3}",
                "flag=true|{'flag':true}",
                "flag=false|{'flag':false}",
                "names=a|{'names':['a']}",
                "names=a,b|{'names':['a','b']}",
                "names=a,b&names=c|{'names':['a,b','c']}",
                "names=|{'names':['']}",
                "numbers=1&numbers=2|{'numbers':[1,2]}",
                "numbers=7|{'numbers':[7]}",
                "numbers=%5B1,2%5D|{'numbers':[1,2]}",
                "filter=%7B%22a%22%3A1%7D|{'filter':{'a':1}}",
                "either=7|{'either':7}",
                "either=true|{'either':true}",
                "download=true&count=1|{'count':1}",
            })
    void textsBecomeWhatTheSchemaAsksFor(String query, String arguments) {
        var answer = rest.get("probe/echo?" + query.replace("''", ""));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(new JsonObject(arguments.replace('\'', '"')));
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "count=five|'count' is 'five', which is not a whole number",
                "count=|'count' is '', which is not a whole number",
                "count=1.5|'count' is '1.5'",
                "count=1e3|'count' is '1e3'",
                "count=0x10|'count' is '0x10'",
                "count=%201|'count' is ' 1'",
                "count=%EF%BC%95|'count' is",
                "count=1&count=2|'count' is given 2 times",
                "ratio=NaN|'ratio' is 'NaN', which is not a number",
                "ratio=Infinity|which is not a number",
                "ratio=1e999|which is not a number",
                "flag=yes|'flag' is 'yes', which is not true or false",
                "flag=TRUE|which is not true or false",
                "flag=1|which is not true or false",
                "numbers=a|'numbers' is 'a', which is not a whole number",
                "numbers=%5B1,|'numbers' is '[1,'",
                "filter=%5B%5D|'filter' is '[]', which is not a JSON object",
                "filter=%7B|which is not a JSON object",
                "either=x|which is not a whole number or true or false",
                "ids=1|'ids' is not known; did you mean 'id'?",
                "databaseId=1|'databaseId' is not known",
                "constructor=1|'constructor' is not known",
                "__proto__=1|'__proto__' is not known",
                "download=maybe|'download' is 'maybe'",
                "id=12345678901|id: '12345678901' is longer than 10 characters",
                "_state=x|'_state' is not known",
            })
    void wrongParametersAreNamedWithTheirValue(String query, String message) {
        var answer = rest.get("probe/echo?" + query);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().getString("code")).isEqualTo("INVALID");
        assertThat(answer.json().getString("error")).contains(message);
        assertThat(answer.json().fieldNames()).containsExactlyInAnyOrder("error", "code");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=5, 5, ''",
        "limit=1, 1, ''",
        "limit=100, 100, ''",
        "limit=0, 1, 1",
        "limit=-7, 1, 1",
        "limit=101, 100, 100",
        "limit=99999999999999999999999999, 100, 100",
    })
    void aLimitIsClamped(String query, int taken, String said) {
        var answer = rest.get("probe/echo?" + query);

        assertThat(answer.json().getInteger("limit")).isEqualTo(taken);
        assertThat(answer.header("X-Limit-Clamped")).isEqualTo(said);
    }

    @Test
    void aLimitInABodyIsClampedToo() {
        var answer = rest.post("probe/echo", new JsonObject().put("limit", 1000));

        assertThat(answer.json()).isEqualTo(new JsonObject().put("limit", 100));
        assertThat(answer.header("X-Limit-Clamped")).isEqualTo("100");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'id':'a','count':1,'flag':true,'names':['x'],'filter':{}}|200|databaseId",
                "{}|200|{}",
                "{'count':'1'}|400|count: '1' is not an integer",
                "{'id':7}|400|id: 7 is not a text",
                "{'id':null}|400|id:",
                "{'databaseId':'a'}|400|'databaseId' is not known",
                "{'coumt':1}|400|did you mean 'count'?",
                "{'count':1,'count':2}|400|the same name stands twice",
                "{'count':1}{}|400|after the end",
                "[]|400|the body must be a JSON object",
                "'text'|400|the body must be a JSON object",
                "null|400|the body must be a JSON object",
                "{'a':|400|not JSON",
                "not json|400|not JSON",
                "{'_state':7}|400|_state must be the text",
                "{'_state':'x'}|400|the state _state has expired",
            })
    void bodiesAreRead(String body, int status, String part) {
        var answer = rest.post("probe/echo", body.replace('\'', '"'));

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body().replace("\\\"", "'")).contains(part);
    }

    @Test
    void parametersInTheUrlOfAPostAreRefused() {
        var answer = rest.post("probe/echo?count=1", new JsonObject());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("error")).contains("belongs into the JSON body");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, 415",
        "application/x-www-form-urlencoded, 415",
        "multipart/form-data, 415",
        "application/json; charset=utf-8, 200",
        "APPLICATION/JSON, 200",
        "application/jsonp, 415"
    })
    void aBodyMustSayThatItIsJson(String type, int status) {
        assertThat(rest.with("Content-Type", type).post("probe/echo", "{}").status())
                .isEqualTo(status);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        var answer = rest.post("probe/echo", "{\"id\":\"" + "x".repeat(1 << 20) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().getString("code")).isEqualTo("TOO_LARGE");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonHasItsStatus(Reason reason) {
        var answer = rest.get("probe/fail?reason=" + reason);

        var status = switch (reason) {
            case INVALID, ANSWER_TOO_LARGE -> 400;
            case REFUSED -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT, NOT_CONNECTED -> 409;
            case RATE_LIMITED -> 429;
            case UNSUPPORTED -> 501;
            case UNAVAILABLE, NOT_SENT, CANCELLED -> 503;
            case TIMED_OUT -> 504;
        };
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().getString("code"))
                .isEqualTo(reason == Reason.NOT_CONNECTED ? "MCP_NOT_CONNECTED" : reason.name());
        assertThat(answer.json().getString("error")).isEqualTo("it was " + reason);
        assertThat(answer.json().fieldNames()).containsExactlyInAnyOrder("error", "code");
    }

    @Test
    void aLimitOfRequestsSaysWhenToComeAgain() {
        var answer = rest.get("probe/fail?reason=RATE_LIMITED");

        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(30, 41);
    }

    @Test
    void aBugIsHidden() {
        var answer = rest.get("probe/fail?reason=BUG");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.json().getString("code")).isEqualTo("INTERNAL");
        assertThat(answer.body())
                .doesNotContain("secret")
                .doesNotContain("\"details\"")
                .doesNotContain("Exception");
    }

    @Test
    void aToolThatSaysNoIsNoSuccess() {
        var answer = rest.get("probe/decline");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json()).isEqualTo(new JsonObject("{\"error\":\"I will not\",\"code\":\"FAILED\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, probe/nothing, 404, NOT_FOUND",
        "GET, probe, 404, NOT_FOUND",
        "GET, probe/echo/more, 404, NOT_FOUND",
        "PUT, probe/echo, 405, METHOD_NOT_ALLOWED",
        "DELETE, probe/echo, 405, METHOD_NOT_ALLOWED",
        "HEAD, probe/echo, 405, ''",
        "PATCH, probe/echo, 405, METHOD_NOT_ALLOWED",
        "GET, probe/%2e%2e/probe/echo, 200, ''",
    })
    void onlyWhatIsBoundIsThere(String method, String path, int status, String code) {
        var answer = rest.send(HttpMethod.valueOf(method), path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains(code);
        if (status == 405) {
            assertThat(answer.header("Allow")).isEqualTo("GET, POST, OPTIONS");
        }
    }

    @Test
    void aToolAsksAndTheRepeatedCallAnswers() {
        var first = rest.send(HttpMethod.DELETE, "probe/ask?id=1");
        var state = first.json().getString("state");
        var accepted = "{\"confirm\":{\"action\":\"accept\",\"content\":{\"confirmName\":\"shop\"}}}";

        assertThat(first.status()).isEqualTo(409);
        assertThat(first.json().getString("code")).isEqualTo("INPUT_REQUIRED");
        assertThat(first.json().getJsonObject("questions").fieldNames()).containsExactly("confirm");

        var again = rest.with("X-Call-State", state);
        assertThat(again.with("X-Call-Answers", accepted)
                        .send(HttpMethod.DELETE, "probe/ask?id=1")
                        .body())
                .isEqualTo("{\"gone\":true}");
        assertThat(again.send(HttpMethod.DELETE, "probe/ask?id=1").json().getString("code"))
                .isEqualTo("INPUT_REQUIRED");
        assertThat(again.with("X-Call-Answers", accepted)
                        .send(HttpMethod.DELETE, "probe/ask?id=2")
                        .status())
                .isEqualTo(400);
        assertThat(again.with("X-Call-Answers", "{")
                        .send(HttpMethod.DELETE, "probe/ask?id=1")
                        .status())
                .isEqualTo(400);
        assertThat(again.with("X-Call-Answers", "{\"confirm\":{\"action\":\"x\"}}")
                        .send(HttpMethod.DELETE, "probe/ask?id=1")
                        .json()
                        .getString("error"))
                .contains("action must be");
        assertThat(new RestClient(server.admin())
                        .with("X-Call-State", state)
                        .with("X-Call-Answers", accepted)
                        .send(HttpMethod.DELETE, "probe/ask?id=1")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whoMayNotCallIsToldSoWhateverTheArguments() {
        var viewer = new RestClient(server.client("vera", Role.VIEWER));

        var answer = viewer.get("probe/echo?count=x");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().getString("code")).isEqualTo("REFUSED");
        var auditor = new RestClient(server.client("audrey", Role.AUDITOR));
        var found = Awaitility.await()
                .until(
                        () -> auditor.get("audit/search?event=call.refused&text=vera")
                                .json()
                                .getJsonArray("records"),
                        records -> !records.isEmpty());
        assertThat(found.getJsonObject(0).getString("tool")).isEqualTo("probe_echo");
        assertThat(found.getJsonObject(0).fieldNames()).doesNotContain("arguments");
    }

    @Test
    void aStrangerGetsTheErrorsOfRest() {
        var answer = new RestClient(server.client()).get("probe/echo");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.json().getString("code")).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void aKeyInTheUrlIsRefusedButAToolsParameterMayBeCalledKey() {
        assertThat(rest.get("probe/echo?key=smcp_x").json().getString("error")).contains("Authorization header");
        assertThat(rest.get("probe/echo?access_token=x").json().getString("error"))
                .contains("Authorization header");
        assertThat(rest.get("probe/echo?key=x").json().getString("error")).contains("'key' is not known");
    }

    @Test
    void routesComeAndGoWithThePlugin() {
        var probe = new Probe(server);
        var tool = Tool.named("probe_late")
                .description("Comes late.")
                .annotations(ToolAnnotations.READ_ONLY)
                .rest(RestBinding.get("probe/late"))
                .handler(call -> Future.succeededFuture(ToolResult.json(new JsonObject().put("version", 1))));

        assertThat(rest.get("probe/late").status()).isEqualTo(404);
        probe.publish(echo(), echoBody(), failing(), declining(), asking(), tool);
        assertThat(rest.get("probe/late").status()).isEqualTo(200);
        probe.publish(echo(), echoBody(), failing(), declining(), asking());
        assertThat(rest.get("probe/late").status()).isEqualTo(404);
    }
}
