package symbolai.mcp.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.tools.CallStates;

class RequestStatesTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final CallStates.Asked ASKED = new CallStates.Asked(
            new JsonObject().put("step", 1), new JsonObject().put("q", new JsonObject()), new JsonObject());

    private final List<Caller> foreign = new ArrayList<>();
    private final RequestStates states = at(NOON);
    private final JsonRpcMessage.Request request = request("tools/call", "{'name':'t','arguments':{'a':1,'b':[2]}}");

    @Test
    void whatWasSealedOpensForTheSameRequest() {
        var sealed = states.seal(ASKED, request, caller("u"));

        assertThat(states.open(sealed, request, caller("u"))).isEqualTo(ASKED);
    }

    @Test
    void theOrderOfArgumentsAndOtherParametersDoNotMatter() {
        var again = new JsonRpcMessage.Request(
                "another id",
                "tools/call",
                json("{'_meta':{'x':1},'arguments':{'b':[2],'a':1},'name':'t','inputResponses':{'q':{}}}"));
        var sealed = states.seal(ASKED, request, caller("u"));

        assertThat(states.open(sealed, again, caller("u"))).isEqualTo(ASKED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "tools/call  | {'name':'t','arguments':{'a':1,'b':[2]}} | other",
                "prompts/get | {'name':'t','arguments':{'a':1,'b':[2]}} | u",
                "tools/call  | {'name':'s','arguments':{'a':1,'b':[2]}} | u",
                "tools/call  | {'uri':'t','arguments':{'a':1,'b':[2]}} | u",
                "tools/call  | {'name':'t','arguments':{'a':2,'b':[2]}} | u",
                "tools/call  | {'name':'t','arguments':{'a':'1','b':[2]}} | u",
                "tools/call  | {'name':'t','arguments':{'a':1,'b':[2,2]}} | u",
                "tools/call  | {'name':'t','arguments':{'a':1}} | u",
                "tools/call  | {'name':'t'} | u",
            })
    void row4ItOpensForNothingElse(String method, String params, String caller) {
        var sealed = states.seal(ASKED, request, caller("u"));

        assertRefused(states, sealed, request(method, params), caller(caller));
    }

    @Test
    void row4OnlyWhoShowsAnothersIsNoted() {
        var sealed = states.seal(ASKED, request, caller("u"));
        var other = request("tools/call", "{'name':'other'}");

        assertRefused(states, sealed, other, caller("u"));
        assertRefused(states, "x" + sealed, request, caller("eve"));
        assertThat(foreign).isEmpty();
        assertRefused(states, sealed, request, caller("eve"));
        assertRefused(states, sealed, other, caller("mallory"));

        assertThat(foreign).extracting(Caller::id).containsExactly("eve", "mallory");
    }

    @Test
    void anyChangedCharacterIsRefused() {
        var sealed = states.seal(ASKED, request, caller("u"));
        for (int i = 0; i < sealed.length(); i++) {
            var changed = sealed.substring(0, i) + (sealed.charAt(i) == 'A' ? 'B' : 'A') + sealed.substring(i + 1);
            if (i < sealed.length() - 1) {
                assertRefused(states, changed, request, caller("u"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "x", "-TAMPERED", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "\u00e4"})
    void whatWasNeverSealedIsRefused(String sealed) {
        assertRefused(states, sealed, request, caller("u"));
    }

    @Test
    void itExpires() {
        var sealed = states.seal(ASKED, request, caller("u"));

        assertThat(at(NOON.plus(CallStates.LIFE)).open(sealed, request, caller("u")))
                .isEqualTo(ASKED);
        assertRefused(at(NOON.plus(CallStates.LIFE).plus(Duration.ofSeconds(1))), sealed, request, caller("u"));
    }

    @Test
    void itOpensAfterARestart() {
        var sealed = states.seal(ASKED, request, caller("u"));

        assertThat(at(NOON).open(sealed, request, caller("u"))).isEqualTo(ASKED);
    }

    private static void assertRefused(
            RequestStates states, String sealed, JsonRpcMessage.Request request, Caller caller) {
        var problem = catchThrowableOfType(JsonRpcException.class, () -> states.open(sealed, request, caller));

        assertThat(problem).as(sealed).isNotNull();
        assertThat(problem.error()).isEqualTo(JsonRpcError.INVALID_PARAMS);
    }

    private RequestStates at(Instant time) {
        return new RequestStates(
                new CallStates(MasterKey.of(new byte[32]).sealer("request-state"), Clock.fixed(time, ZoneOffset.UTC)),
                foreign::add);
    }

    private static JsonRpcMessage.Request request(String method, String params) {
        return new JsonRpcMessage.Request(1L, method, json(params));
    }

    private static Caller caller(String id) {
        return new Caller(id, "name", Role.ADMIN, Credential.LOCAL, "127.0.0.1");
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }
}
