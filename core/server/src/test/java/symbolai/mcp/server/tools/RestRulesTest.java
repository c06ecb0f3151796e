package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.connections.Lease;

class RestRulesTest {

    private final FamilyCheck check = new FamilyCheck();

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(RestBinding.get("sse/x"), "paths below sse are the server's own"),
                Arguments.of(RestBinding.get("auth/status"), "paths below auth are the server's own"),
                Arguments.of(
                        RestBinding.get("kv/x").renamed("id", "key"), "'key', which it calls 'id', is not an argument"),
                Arguments.of(RestBinding.get("kv/x").renamed("other", "name"), "'other' is an argument already"),
                Arguments.of(
                        RestBinding.get("kv/x").renamed("a", "name").renamed("b", "name"), "an argument has two names"),
                Arguments.of(RestBinding.get("kv/x").renamed("_state", "name"), "_state is the server's own"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongBindingIsRefused(RestBinding binding, String message) {
        var findings = check.check(family("kv", tool("kv_x", ToolAnnotations.READ_ONLY, binding)), Catalog.EMPTY);

        assertThat(findings)
                .filteredOn(RestRulesTest::isError)
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .contains("REST binding GET")
                .contains(message);
    }

    @Test
    void getIsForToolsThatOnlyRead() {
        var findings = check.check(
                family("kv", tool("kv_x", ToolAnnotations.DESTRUCTIVE, RestBinding.get("kv/x"))), Catalog.EMPTY);

        assertThat(findings)
                .anyMatch(finding -> isError(finding) && finding.message().contains("GET is for tools"));
    }

    @Test
    void twoToolsOfAFamilyMayNotHaveOneAddress() {
        var one = tool("kv_x", ToolAnnotations.READ_ONLY, RestBinding.get("kv/x"));
        var other = tool("kv_y", ToolAnnotations.READ_ONLY, RestBinding.get("kv/x"));
        var third = tool("kv_z", ToolAnnotations.READ_ONLY, RestBinding.post("kv/x"));

        assertThat(check.check(family("kv", one, third), Catalog.EMPTY)).noneMatch(RestRulesTest::isError);
        assertThat(check.check(family("kv", one, other), Catalog.EMPTY))
                .anyMatch(finding -> isError(finding) && finding.message().contains("the REST binding 'GET kv/x'"));
    }

    @Test
    void anAddressOfAnotherPluginIsTaken() {
        var catalogs = new Catalogs();
        catalogs.publish(family("kv", tool("kv_x", ToolAnnotations.READ_ONLY, RestBinding.get("kv/x"))));
        var thief = family("thief", tool("thief_x", ToolAnnotations.READ_ONLY, RestBinding.get("kv/x")));

        assertThat(check.check(thief, catalogs.current()))
                .anyMatch(
                        finding -> isError(finding) && finding.message().contains("already offered by the plugin kv"));
    }

    private static boolean isError(Finding finding) {
        return finding.severity() == Finding.Severity.ERROR;
    }

    private static Tool tool(String name, ToolAnnotations annotations, RestBinding binding) {
        return Tool.named(name)
                .description("Does.")
                .input(Schemas.object()
                        .optional("name", Schemas.string("A name."))
                        .optional("other", Schemas.string("Another."))
                        .build())
                .annotations(annotations)
                .rest(binding)
                .handler(call -> Future.succeededFuture(ToolResult.text("done")));
    }

    private static Family family(String plugin, Tool... tools) {
        return new Family(plugin, "1", List.of(tools), List.of(), List.of(), List.of(), List.of(), new Lease());
    }
}
