package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.tools.Workshop.get;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.http.control.ControlServer;
import symbolai.mcp.server.http.control.ToolRoutes;

/** What a call leaves with the command line between two questions. */
@ExtendWith(VertxExtension.class)
class ControlledCallsTest {

    private Vertx vertx;
    private Path folder;
    private Workshop shop;
    private ControlServer server;

    @BeforeEach
    void open(Vertx vertx, @TempDir Path folder) {
        this.vertx = vertx;
        this.folder = folder;
        shop = new Workshop(vertx, folder).open(Workshop.config());
        var states =
                new CallStates(MasterKey.of(new byte[MasterKey.LENGTH]).sealer("control-state"), Clock.systemUTC());
        server = new ControlServer(vertx, folder, List.of(new ToolRoutes(shop.catalogs, shop.invoker, states)));
        get(server.start());
        shop.publish("test_asks", this::asking);
    }

    @AfterEach
    void close() {
        get(server.close());
        shop.close();
    }

    private Future<ToolOutcome> asking(ToolCall call) {
        var question = new InputRequest.Page("Who?", "https://example.com/");
        return Future.succeededFuture(
                call.answers().isEmpty()
                        ? new InputRequired(Map.of("name", question), new JsonObject().put("own", 1))
                        : ToolResult.text("done " + call.state().encode()));
    }

    @Test
    void theStateIsSealedAndGoodForItsCallAlone() {
        var asked = call(new JsonObject());
        var sealed = asked.getString("state");
        var answers = new JsonObject().put("name", new JsonObject().put("action", "accept"));

        var done = call(new JsonObject().put("answers", answers).put("state", sealed));
        var other = call(new JsonObject()
                .put("answers", answers)
                .put("state", sealed)
                .put("arguments", new JsonObject().put("limit", 1)));

        assertThat(done.encode()).contains("done {\\\"own\\\":1}");
        assertThat(other.getString("error")).contains("belongs to another call");
    }

    @Test
    void nobodyGivesACallAnApprovalByWritingItsState() {
        var forged = new JsonObject()
                .put("_approval", new JsonObject().put("id", "a1").put("round", 1));

        assertThat(call(new JsonObject().put("state", forged)).getString("error"))
                .isEqualTo("The member state must be a text.");
        assertThat(call(new JsonObject().put("state", forged.encode())).getString("error"))
                .contains("was changed");
    }

    private JsonObject call(JsonObject body) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.domainSocketAddress(
                        folder.resolve("run/control.sock").toString()))
                .setHost("localhost")
                .setPort(80)
                .setURI("/tools/test_asks/call");
        return get(vertx.createHttpClient()
                .request(options)
                .compose(request -> request.send(body.put("interactive", true).toBuffer()))
                .compose(response -> response.body())
                .map(bytes -> new JsonObject(bytes)));
    }
}
