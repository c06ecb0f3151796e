package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.PromptResult;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.ResourceResult;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.connections.Lease;

class CatalogsTest {

    private final Catalogs catalogs = new Catalogs();
    private final List<CatalogChange> changes = new ArrayList<>();

    @BeforeEach
    void listen() {
        catalogs.onChange(changes::add);
    }

    @Test
    void toolsAreInTheOrderOfPluginsAndThenOfTheirFamily() {
        catalogs.publish(tools("kv", "kv_z", "kv_a"));
        catalogs.publish(tools("d1", "d1_z", "d1_a"));

        assertThat(catalogs.current().tools()).extracting(Tool::name).containsExactly("d1_z", "d1_a", "kv_z", "kv_a");
        assertThat(catalogs.current().tool("kv_a").orElseThrow().plugin()).isEqualTo("kv");
        assertThat(catalogs.current().tool("kv_b")).isEmpty();
        assertThat(catalogs.current().revision()).isEqualTo(2);
    }

    @Test
    void aCatalogThatWasTakenDoesNotChange() {
        catalogs.publish(tools("d1", "d1_a"));
        var taken = catalogs.current();

        catalogs.publish(tools("d1", "d1_b"));

        assertThat(taken.tools()).extracting(Tool::name).containsExactly("d1_a");
        assertThat(catalogs.current().tools()).extracting(Tool::name).containsExactly("d1_b");
    }

    @Test
    void eachPublishTellsOnceWhatLooksDifferent() {
        var lease = new Lease();
        catalogs.publish(tools("d1", "d1_a"));
        catalogs.publish(tools("d1", "d1_a"));
        catalogs.publish(tools("d1", "d1_a", "d1_b"));
        catalogs.publish(family("kv", List.of(), List.of(resource("kv://a")), List.of(), List.of(prompt("p")), lease));
        catalogs.publish(family(
                "kv",
                List.of(),
                List.of(resource("kv://a")),
                List.of(template("kv://{b}")),
                List.of(prompt("p")),
                new Lease()));
        catalogs.withdraw("kv", lease);
        catalogs.withdraw("kv", catalogs.current().family("kv").orElseThrow().lease());

        assertThat(changes)
                .containsExactly(
                        new CatalogChange(true, false, false),
                        new CatalogChange(false, false, false),
                        new CatalogChange(true, false, false),
                        new CatalogChange(false, true, true),
                        new CatalogChange(false, true, false),
                        new CatalogChange(false, true, true));
    }

    @Test
    void anOlderLeaseDoesNotWithdrawANewerVersion() {
        var old = tools("d1", "d1_a");
        catalogs.publish(old);
        catalogs.publish(tools("d1", "d1_b"));

        catalogs.withdraw("d1", old.lease());

        assertThat(catalogs.current().tool("d1_b")).isPresent();
        assertThat(changes).hasSize(2);
    }

    @Test
    void aNameThatIsTakenIsRefusedAndNothingChanges() {
        catalogs.publish(tools("d1", "d1_a"));

        assertThatThrownBy(() -> catalogs.publish(tools("kv", "kv_a", "d1_a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two plugins offer the tool 'd1_a'");

        assertThat(catalogs.current().tools()).hasSize(1);
        assertThat(changes).hasSize(1);
    }

    @Test
    void aListenerThatFailsDoesNotKeepOthersFromHearing() {
        var heard = new ArrayList<String>();
        catalogs.onResourceUpdated(uri -> {
            throw new IllegalStateException("broken");
        });
        var registration = catalogs.onResourceUpdated(heard::add);

        catalogs.resourceUpdated("d1://a");
        registration.close();
        catalogs.resourceUpdated("d1://b");

        assertThat(heard).containsExactly("d1://a");
    }

    @Test
    void aFixedResourceComesBeforeATemplate() {
        catalogs.publish(family(
                "d1",
                List.of(),
                List.of(resource("d1://main/schema")),
                List.of(template("d1://{database}/schema")),
                List.of(),
                new Lease()));

        assertThat(catalogs.current().resource("d1://main/schema").orElseThrow().variables())
                .isEmpty();
        assertThat(catalogs.current()
                        .resource("d1://other/schema")
                        .orElseThrow()
                        .variables())
                .isEqualTo(Map.of("database", "other"));
        assertThat(catalogs.current().resource("d1://other/tables")).isEmpty();
        assertThat(catalogs.current().resourceTemplate("d1://{database}/schema"))
                .isPresent();
    }

    static Stream<Arguments> uris() {
        return Stream.of(
                Arguments.of("d1://{database}/schema", "d1://north/schema", Map.of("database", "north")),
                Arguments.of("d1://{database}/schema", "d1://a%20b%C3%A9/schema", Map.of("database", "a bé")),
                Arguments.of("d1://{database}/schema", "d1://a%2Fb/schema", Map.of("database", "a/b")),
                Arguments.of("d1://{database}/schema", "d1://é/schema", Map.of("database", "é")),
                Arguments.of(
                        "d1://{database}/tables/{table}", "d1://n/tables/t", Map.of("database", "n", "table", "t")),
                Arguments.of("x:{a}-{b}.json", "x:1-2-3.json", Map.of("a", "1", "b", "2-3")),
                Arguments.of("x:{a}", "x:{a}", Map.of("a", "{a}")));
    }

    @ParameterizedTest
    @MethodSource("uris")
    void aUriMatchesATemplate(String template, String uri, Map<String, String> variables) {
        assertThat(UriTemplate.parse(template).match(uri)).contains(variables);
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                Arguments.of("d1://{database}/schema", "d1:///schema"),
                Arguments.of("d1://{database}/schema", "d1://a/b/schema"),
                Arguments.of("d1://{database}/schema", "d1://a/schema/"),
                Arguments.of("d1://{database}/schema", "D1://a/schema"),
                Arguments.of("d1://{database}/schema", "d1://a%2/schema"),
                Arguments.of("d1://{database}/schema", "d1://a%zz/schema"),
                Arguments.of("d1://{database}/schema", "d1://%ff/schema"),
                Arguments.of("x:{a}-{b}", "x:-2"),
                Arguments.of("x:{a}-{b}", "x:1-"),
                Arguments.of("x:{a}-{b}", "x:12"),
                Arguments.of("x:{a}.a", "x:.a"),
                Arguments.of("d1://{database}/schema", ""));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void aUriDoesNotMatchATemplate(String template, String uri) {
        assertThat(UriTemplate.parse(template).match(uri)).isEmpty();
    }

    @Test
    void row29AHostileUriIsMatchedInOnePass() {
        var template = UriTemplate.parse("x:{a}-{b}-{c}-{d}-{e}-{f}!");

        assertThat(template.match("x:" + "-".repeat(1_000_000))).isEmpty();
    }

    private static Family tools(String plugin, String... names) {
        return family(
                plugin,
                Stream.of(names)
                        .map(name -> Tool.named(name)
                                .description("Does it.")
                                .handler(call -> Future.succeededFuture(ToolResult.text("done"))))
                        .toList(),
                List.of(),
                List.of(),
                List.of(),
                new Lease());
    }

    private static Family family(
            String plugin,
            List<Tool> tools,
            List<Resource> resources,
            List<ResourceTemplate> templates,
            List<Prompt> prompts,
            Lease lease) {
        return new Family(plugin, "1", tools, resources, templates, prompts, List.of(), lease);
    }

    private static Resource resource(String uri) {
        return new Resource(
                uri,
                "n",
                "t",
                "d",
                "text/plain",
                call -> Future.succeededFuture(ResourceResult.text(uri, "text/plain", "")));
    }

    private static ResourceTemplate template(String uri) {
        return new ResourceTemplate(
                uri,
                "n",
                "t",
                "d",
                "text/plain",
                Map.of(),
                call -> Future.succeededFuture(ResourceResult.text(uri, "text/plain", "")));
    }

    private static Prompt prompt(String name) {
        return new Prompt(
                name, "t", "d", List.of(), Map.of(), call -> Future.succeededFuture(PromptResult.user("", "")));
    }
}
