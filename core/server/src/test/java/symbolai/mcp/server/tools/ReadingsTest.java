package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.server.tools.Workshop.get;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Completion;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.PromptResult;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.ResourceResult;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.connections.Lease;

@ExtendWith(VertxExtension.class)
class ReadingsTest {

    private Workshop shop;

    @BeforeEach
    void open(Vertx vertx, @TempDir Path folder) {
        shop = new Workshop(vertx, folder).open(Workshop.config());
        shop.catalogs.publish(new Family(
                "d1",
                "1",
                List.of(Workshop.tool("d1_query").handler(call -> Future.succeededFuture(ToolResult.text("done")))),
                List.of(new Resource(
                        "d1://all",
                        "n",
                        "t",
                        "d",
                        "text/plain",
                        call -> Future.succeededFuture(ResourceResult.text(call.uri(), "text/plain", "all")))),
                List.of(new ResourceTemplate(
                        "d1://{database}/schema",
                        "n",
                        "t",
                        "d",
                        "text/plain",
                        Map.of(
                                "database",
                                call -> Future.succeededFuture(
                                        Completion.startingWith(call.value(), List.of("north", "south")))),
                        call -> call.variables().get("database").equals("north")
                                ? Future.succeededFuture(ResourceResult.text(call.uri(), "text/plain", "north"))
                                : Future.failedFuture(new ToolException(Reason.NOT_FOUND, "no such database")))),
                List.of(
                        new Prompt(
                                "explore",
                                "t",
                                "d",
                                List.of(
                                        new Prompt.Argument("database", "Which.", true),
                                        new Prompt.Argument("depth", "How deep.", false)),
                                Map.of(),
                                call -> Future.succeededFuture(
                                        PromptResult.user("", call.arguments().get("database")))),
                        new Prompt(
                                "asks",
                                "t",
                                "d",
                                List.of(),
                                Map.of(),
                                call -> Future.succeededFuture(InputRequired.ask("roots", new InputRequest.Roots()))),
                        new Prompt("breaks", "t", "d", List.of(), Map.of(), call -> {
                            throw new IllegalStateException("secret");
                        })),
                List.of(),
                new Lease()));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Future<?> prompt(String name, Map<String, String> arguments) {
        return shop.invoker.prompt(name, arguments, Map.of(), new JsonObject(), shop.requester());
    }

    private Future<?> read(String uri) {
        return shop.invoker.read(uri, Map.of(), new JsonObject(), shop.requester());
    }

    @Test
    void promptsAndResourcesAreReadAndRecorded() {
        assertThat(get(prompt("explore", Map.of("database", "north")))).isEqualTo(PromptResult.user("", "north"));
        assertThat(get(read("d1://all"))).isEqualTo(ResourceResult.text("d1://all", "text/plain", "all"));
        assertThat(get(read("d1://north/schema")))
                .isEqualTo(ResourceResult.text("d1://north/schema", "text/plain", "north"));

        assertThat(shop.audited())
                .containsExactly(
                        "call.intent",
                        "call.outcome done",
                        "call.intent",
                        "call.outcome done",
                        "call.intent",
                        "call.outcome done");
        assertThat(shop.records().get(0).getString("kind")).isEqualTo("prompt");
        assertThat(shop.records().get(2).getString("kind")).isEqualTo("resource");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> get(prompt("nothing", Map.of()))).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> get(read("d1://a/b/c"))).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> get(read("d1://west/schema")))
                .isInstanceOfSatisfying(
                        NotFound.class, missing -> assertThat(missing.name()).isEqualTo("d1://west/schema"));
        assertThatThrownBy(() -> get(shop.invoker.completeTemplate("d1://{x}", "x", "", Map.of(), shop.requester())))
                .isInstanceOf(NotFound.class);
        assertThat(shop.audited())
                .containsExactly(
                        "call.refused not_found",
                        "call.refused not_found",
                        "call.intent",
                        "call.outcome not_found",
                        "call.refused not_found");
    }

    @Test
    void argumentsOfAPromptAreChecked() {
        assertThatThrownBy(() -> get(prompt("explore", Map.of("dept", "3"))))
                .isInstanceOf(ToolException.class)
                .hasMessage("the arguments of the prompt explore are wrong: database: is missing; dept: is not known;"
                        + " did you mean 'depth'?");
    }

    @Test
    void aPromptThatBreaksIsContained() {
        assertThatThrownBy(() -> get(prompt("breaks", Map.of()))).isInstanceOf(InternalFailure.class);
    }

    @Test
    void questionsThatTheClientCannotAnswerAreRefused() {
        assertThatThrownBy(() -> get(prompt("asks", Map.of()))).isInstanceOf(CapabilityMissing.class);
    }

    @Test
    void completionsCome() {
        var values = get(
                shop.invoker.completeTemplate("d1://{database}/schema", "database", "n", Map.of(), shop.requester()));
        var none = get(shop.invoker.completePrompt("explore", "database", "n", Map.of(), shop.requester()));

        assertThat(values.values()).containsExactly("north");
        assertThat(none.values()).isEmpty();
    }

    @Test
    void whatIsReadTakesTheToolThatShowsTheSame() {
        publishKv();
        var lists = keyed("kv_list_namespaces");
        var writes = keyed("kv_put");
        var gets = keyed("kv_get");
        var all = keyed("kv_*");
        var value = shop.catalogs
                .current()
                .resourceTemplate("kv://{key}")
                .orElseThrow()
                .value();

        assertThatThrownBy(() -> get(readAs(lists, "kv://a"))).hasMessageContaining("limited to the tools kv_list");
        assertThatThrownBy(() -> get(readAs(writes, "kv://a"))).hasMessageContaining("limited to the tools kv_put");
        assertThat(get(readAs(gets, "kv://a"))).isEqualTo(ResourceResult.text("kv://a", "text/plain", "secret"));
        assertThat(shop.invoker.visible(lists.caller(), value)).isFalse();
        assertThat(shop.invoker.visible(gets.caller(), value)).isTrue();
        assertThatThrownBy(() -> get(keys(gets))).hasMessageContaining("limited to the tools kv_get");
        assertThat(get(keys(all)).values()).isEmpty();
    }

    @Test
    void changesAreToldToThoseWhoMayReadWhatChanged() {
        publishKv();

        assertThat(shop.invoker.hears(keyed("kv_get").caller(), "kv://a")).isTrue();
        assertThat(shop.invoker.hears(keyed("kv_put").caller(), "kv://a")).isFalse();
        shop.standing = caller -> Optional.empty();
        assertThat(shop.invoker.hears(keyed("kv_get").caller(), "kv://a")).isFalse();
        assertThat(shop.invoker.hears(keyed("kv_get").caller(), "none://a")).isTrue();
    }

    private void publishKv() {
        var done = Future.<ToolOutcome>succeededFuture(ToolResult.text("done"));
        shop.catalogs.publish(new Family(
                "kv",
                "1",
                List.of(
                        reader("kv_list_namespaces").handler(call -> done),
                        reader("kv_get").handler(call -> done),
                        Workshop.tool("kv_put").handler(call -> done)),
                List.of(),
                List.of(new ResourceTemplate(
                                "kv://{key}",
                                "n",
                                "t",
                                "d",
                                "text/plain",
                                Map.of(),
                                call -> Future.succeededFuture(ResourceResult.text(call.uri(), "text/plain", "secret")))
                        .likeTool("kv_get")),
                List.of(),
                List.of(),
                new Lease()));
    }

    private static Tool.Builder reader(String name) {
        return Workshop.tool(name).annotations(ToolAnnotations.READ_ONLY);
    }

    private Requester keyed(String tools) {
        var own = shop.requester();
        var caller = new Caller("u1", "ada", Role.ADMIN, Credential.key("k1", List.of(tools), false), "local");
        return new Requester(caller, "c", "mcp", own.capabilities(), own.progress(), own.log(), own.cancellation());
    }

    private Future<?> readAs(Requester requester, String uri) {
        return shop.invoker.read(uri, Map.of(), new JsonObject(), requester);
    }

    private Future<Completion> keys(Requester requester) {
        return shop.invoker.completeTemplate("kv://{key}", "key", "", Map.of(), requester);
    }

    @Test
    void aKeyLimitedToOtherToolsSeesAndReadsNothing() {
        var limited = new Caller("u1", "ada", Role.ADMIN, Credential.key("k1", List.of("kv_*"), false), "local");
        var d1 = new Caller("u1", "ada", Role.ADMIN, Credential.key("k2", List.of("d1_*"), false), "local");
        var own = shop.requester();
        var requester =
                new Requester(limited, "c", "mcp", own.capabilities(), own.progress(), own.log(), own.cancellation());
        var resource = shop.catalogs.current().resources().get(0);
        var template = shop.catalogs.current().resourceTemplates().get(0);
        var prompt = shop.catalogs.current().prompts().get(0);
        var tool = shop.catalogs.current().tools().get(0);

        assertThatThrownBy(() -> get(shop.invoker.read("d1://all", Map.of(), new JsonObject(), requester)))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("limited to the tools kv_*");
        assertThat(shop.invoker.visible(limited, resource)).isFalse();
        assertThat(shop.invoker.visible(limited, template)).isFalse();
        assertThat(shop.invoker.visible(limited, prompt)).isFalse();
        assertThat(shop.invoker.visible(limited, tool)).isFalse();
        assertThat(shop.invoker.visible(d1, resource)).isTrue();
        assertThat(shop.invoker.visible(d1, template)).isTrue();
        assertThat(shop.invoker.visible(d1, prompt)).isTrue();
        assertThat(shop.invoker.visible(d1, tool)).isTrue();
    }
}
