package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Completion;
import symbolai.mcp.api.Icon;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.PromptResult;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.ResourceResult;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.connections.Lease;

class FamilyCheckTest {

    private final FamilyCheck check = new FamilyCheck();

    static Stream<Arguments> refusedSchemas() {
        return Stream.of(
                row("{'type':'obj'}", "type: 'obj' is not one of"),
                row("{'type':'object','properties':{'a':{'type':'int'}}}", "properties.a.type: 'int' is not one of"),
                row("{'type':'object','properties':{'a':5}}", "properties.a: 5 is not an object or true or false"),
                row("{'type':'object','required':'a'}", "required: 'a' is not a list"),
                row(
                        "{'type':'object','properties':{'a':{'minimum':'1'}}}",
                        "properties.a.minimum: '1' is not a number"),
                row("{'type':'array'}", "the root has the type 'array'; it must be 'object'"),
                row("{}", "the root has the type null; it must be 'object'"),
                row("{'type':['object','null']}", "the root has the type a list; it must be 'object'"),
                row(
                        "{'$schema':'http://json-schema.org/draft-07/schema#','type':'object'}",
                        "$schema is 'http://json-schema.org/draft-07/schema"),
                row(
                        "{'type':'object','properties':{'a':{'$ref':'https://evil.example/s.json'}}}",
                        "leads out of the schema"),
                row("{'type':'object','properties':{'a':{'$ref':'file:///etc/passwd'}}}", "leads out of the schema"),
                row("{'type':'object','properties':{'a':{'$ref':'other.json#/x'}}}", "leads out of the schema"),
                row("{'type':'object','properties':{'a':{'$ref':'#/$defs/no'}}}", "$ref '#/$defs/no' leads nowhere"),
                row("{'type':'object','properties':{'a':{'$ref':'#nowhere'}}}", "$ref '#nowhere' leads nowhere"),
                row("{'type':'object','$ref':'#'}", "it refers to itself"),
                row("{'type':'object','properties':{'a':{'$ref':'#'}}}", "it refers to itself"),
                row("{'type':'object','properties':{'a':{'$dynamicRef':'#x'}}}", "use $ref"),
                row(
                        "{'type':'object','properties':{'a':{'$id':'https://x.example/y'}}}",
                        "$id is allowed at the root only"),
                row("{'type':'object','properties':{'a':{'pattern':'(?=x)y'}}}", "the pattern '(?=x)y' is refused"),
                row("{'type':'object','properties':{'a':{'pattern':'(a)\\\\1'}}}", "is refused"),
                row("{'type':'object','properties':{'a':{'pattern':'a*+'}}}", "is refused"),
                row("{'type':'object','properties':{'a':{'pattern':'('}}}", "is refused"),
                row("{'type':'object','patternProperties':{'(?!x)':{}}}", "the pattern '(?!x)' is refused"),
                row(
                        "{'type':'object','properties':{'a':{'pattern':'((a{100}){100}){100}'}}}",
                        "repeats more than 1000 times"),
                row(
                        "{'type':'object','properties':{'a':{'pattern':'" + "a".repeat(1001) + "'}}}",
                        "is 1001 characters long"),
                row("{'type':'object','x-mcp-header':'A'}", "x-mcp-header at the root"),
                row(
                        "{'type':'object','properties':{'a':{'type':'string','x-mcp-header':''}}}",
                        "a: x-mcp-header '' is not a header name"),
                row(
                        "{'type':'object','properties':{'a':{'type':'string','x-mcp-header':'two words'}}}",
                        "is not a header name"),
                row(
                        "{'type':'object','properties':{'a':{'type':'string','x-mcp-header':5}}}",
                        "x-mcp-header 5 is not a header name"),
                row("{'type':'object','properties':{'a':{'type':'number','x-mcp-header':'A'}}}", "not 'number'"),
                row("{'type':'object','properties':{'a':{'type':'object','x-mcp-header':'A'}}}", "not 'object'"),
                row("{'type':'object','properties':{'a':{'x-mcp-header':'A'}}}", "not null"),
                row(
                        "{'type':'object','properties':{'a':{'type':'array','items':{'type':'string','x-mcp-header':'A'}}}}",
                        "not reached through properties"),
                row(
                        "{'type':'object','anyOf':[{'properties':{'a':{'type':'string','x-mcp-header':'A'}}}]}",
                        "not reached through properties"),
                row(
                        "{'type':'object','properties':{'a':{'type':'string','x-mcp-header':'Region'},'b':{'type':'string','x-mcp-header':'REGION'}}}",
                        "b: x-mcp-header 'REGION' is used twice"));
    }

    private static Arguments row(String schema, String message) {
        return Arguments.of(schema.replace('\'', '"'), message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedSchemas")
    void row29And30AWrongInputSchemaIsAnError(String schema, String message) {
        var findings = check.check(family("d1", tool("d1_query").input(new JsonObject(schema))), Catalog.EMPTY);

        assertThat(errors(findings))
                .anyMatch(error -> error.startsWith("tool 'd1_query': input schema: ") && error.contains(message));
    }

    @Test
    void row30NobodyIsAskedForTheSchemaOfAnotherHost() throws IOException {
        try (var canary = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            canary.setSoTimeout(200);
            var elsewhere = "http://127.0.0.1:" + canary.getLocalPort() + "/schema.json";
            for (var keyword : List.of("$ref", "$dynamicRef", "$schema", "$id")) {
                var schema = Schemas.object()
                        .optional("a", new JsonObject().put(keyword, elsewhere))
                        .build();

                var findings = check.check(family("d1", tool("d1_query").input(schema)), Catalog.EMPTY);

                assertThat(errors(findings)).as(keyword).isNotEmpty();
            }

            assertThatThrownBy(canary::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void row30ASchemaThatGrowsWithoutBoundIsAnError() {
        var definitions = new JsonObject().put("d20", new JsonObject().put("type", "string"));
        for (int i = 0; i < 20; i++) {
            var next = new JsonObject().put("$ref", "#/$defs/d" + (i + 1));
            definitions.put("d" + i, new JsonObject().put("anyOf", new JsonArray(List.of(next, next.copy()))));
        }
        var schema = Schemas.object()
                .optional("bomb", new JsonObject().put("$ref", "#/$defs/d0"))
                .build()
                .put("$defs", definitions);

        var findings = check.check(family("d1", tool("d1_query").input(schema)), Catalog.EMPTY);

        assertThat(errors(findings)).anyMatch(error -> error.contains("more than 20000 schemas"));
    }

    @Test
    void row30ADeepSchemaIsAnError() {
        var schema = Schemas.object().build();
        for (int i = 0; i < 200; i++) {
            schema = Schemas.object().optional("a", schema).build();
        }

        var findings = check.check(family("d1", tool("d1_query").input(schema)), Catalog.EMPTY);

        assertThat(errors(findings))
                .containsExactly("tool 'd1_query': input schema: it is nested deeper than 64 levels");
    }

    @Test
    void row30ALargeSchemaIsAnError() {
        var schema = Schemas.object()
                .optional("a", Schemas.string("x".repeat(300_000)))
                .build();

        var findings = check.check(family("d1", tool("d1_query").input(schema)), Catalog.EMPTY);

        assertThat(errors(findings)).singleElement().asString().contains("at most 262144 are allowed");
    }

    @Test
    void aFullSchemaOf2020IsFine() {
        var schema = new JsonObject("""
                {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
                 "$defs":{"address":{"$anchor":"addressDef","type":"object","properties":{"street":{"type":"string"}}}},
                 "properties":{"name":{"type":"string","pattern":"^[\\\\p{L} ]+$","x-mcp-header":"Name"},
                   "address":{"$ref":"#/$defs/address"},"second":{"$ref":"#addressDef"},
                   "contact":{"type":"object","properties":{"level":{"type":"integer","x-mcp-header":"Level"}}}},
                 "if":{"properties":{"name":{"const":"x"}}},"then":{"required":["address"]},"else":{},
                 "additionalProperties":false}""");

        var findings = check.check(family("d1", tool("d1_query").input(schema).output(schema)), Catalog.EMPTY);

        assertThat(findings).isEmpty();
    }

    @Test
    void keywordsInsideOfDataAreNotKeywords() {
        var schema = new JsonObject("""
                {"type":"object","properties":{"$ref":{"type":"string"},"pattern":{"type":"string"},
                 "x":{"default":{"$ref":"https://x.example"},"enum":[{"pattern":"("}]}}}""");

        assertThat(check.check(family("d1", tool("d1_query").input(schema)), Catalog.EMPTY))
                .isEmpty();
    }

    static Stream<Arguments> refusedNames() {
        return Stream.of("", " ", "a b", "ä", "d1/query", "x".repeat(129), "d1_query\n")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("refusedNames")
    void aNameOutsideOfTheSpecificationIsAnError(String name) {
        assertThat(errors(check.check(family("d1", tool(name)), Catalog.EMPTY)))
                .anyMatch(error -> error.contains("a name has 1 to 128 characters"));
    }

    @Test
    void anOutputSchemaIsCheckedToo() {
        var wrong = tool("d1_query").output(new JsonObject().put("type", "objekt"));
        var list = tool("d1_list").output(new JsonObject().put("type", "array"));

        var findings = check.check(family("d1", wrong, list), Catalog.EMPTY);

        assertThat(errors(findings)).anyMatch(error -> error.startsWith("tool 'd1_query': output schema: type"));
        assertThat(warnings(findings))
                .anyMatch(warning -> warning.startsWith("tool 'd1_list': output schema: the root is not"));
    }

    @Test
    void whatSomeClientsCannotTakeIsAWarning() {
        var longName = tool("d1_" + "x".repeat(40));
        var foreign = tool("kv_list");
        var composed =
                tool("d1_query").input(Schemas.object().build().put("oneOf", new JsonArray(List.of(new JsonObject()))));
        var hidden = tool("d1_hidden").description("Looks harmless.\u200b\u202e");

        var findings = check.check(family("d1", longName, foreign, composed, hidden), Catalog.EMPTY);

        assertThat(errors(findings)).isEmpty();
        assertThat(warnings(findings))
                .hasSize(4)
                .anyMatch(warning -> warning.contains("43 characters"))
                .anyMatch(warning -> warning.contains("does not begin with the plugin's id 'd1'"))
                .anyMatch(warning -> warning.contains("oneOf at the root"))
                .anyMatch(warning -> warning.contains("invisible characters"));
    }

    @Test
    void aToolThatTellsFirstHasTheArgumentForIt() {
        assertThat(errors(check.check(family("d1", tool("d1_import").dryRun()), Catalog.EMPTY)))
                .containsExactly(
                        "tool 'd1_import' first tells what it would change, and has no argument dryRun that is a boolean");
    }

    @Test
    void aToolWithoutDescriptionIsAnError() {
        assertThat(errors(check.check(family("d1", tool("d1_query").description(" ")), Catalog.EMPTY)))
                .containsExactly("tool 'd1_query' has no description; say when a model should use it");
    }

    @Test
    void namesAreUniqueInAndAcrossFamilies() {
        var current = catalog(family("d1", tool("d1_query"), tool("d1_list")));

        var twice = check.check(family("kv", tool("kv_get"), tool("kv_get")), current);
        var taken = check.check(family("kv", tool("d1_query")), current);
        var alike = check.check(family("kv", tool("dI-Iist")), current);
        var replaced = check.check(family("d1", tool("d1_query")), current);

        assertThat(errors(twice)).containsExactly("the tool 'kv_get' is already offered by this plugin");
        assertThat(errors(taken)).containsExactly("the tool 'd1_query' is already offered by the plugin d1");
        assertThat(errors(alike))
                .containsExactly(
                        "the tool 'dI-Iist' is already offered by the plugin d1 as 'd1_list', which looks the same");
        assertThat(errors(replaced)).isEmpty();
    }

    @Test
    void promptsResourcesAndTemplatesAreUniqueToo() {
        var current = catalog(full("d1"));

        var findings = check.check(full("kv"), current);

        assertThat(errors(findings))
                .containsExactlyInAnyOrder(
                        "the prompt 'explore' is already offered by the plugin d1",
                        "the resource 'd1://all' is already offered by the plugin d1",
                        "the resource template 'd1://{database}/schema' is already offered by the plugin d1");
    }

    @Test
    void promptsAndResourcesMakeSense() {
        var argument = new Prompt.Argument("database", "Which.", true);
        var prompts = List.of(
                prompt("", "Explores.", List.of(), Map.of()),
                prompt("a", "", List.of(), Map.of()),
                prompt("b", "Explores.", List.of(argument, argument), Map.of()),
                prompt(
                        "c",
                        "Explores.",
                        List.of(argument),
                        Map.of("databse", call -> Future.succeededFuture(new Completion(List.of())))));
        var resources = List.of(resource("not a uri"), resource("relative/path"));
        var templates = List.of(
                template("d1://fixed"),
                template("d1://{a}{b}"),
                template("d1://{+a}"),
                template("{a}/b"),
                template("d1://{a"));
        var family = new Family("d1", "1", List.of(), resources, templates, prompts, List.of(), new Lease());

        assertThat(errors(check.check(family, Catalog.EMPTY)))
                .anyMatch(error -> error.contains("prompt ''"))
                .anyMatch(error -> error.equals("prompt 'a' has no description"))
                .anyMatch(error -> error.equals("prompt 'b' has the argument 'database' twice"))
                .anyMatch(error ->
                        error.contains("completer for 'databse'") && error.endsWith("did you mean 'database'?"))
                .anyMatch(error -> error.startsWith("resource 'not a uri'"))
                .anyMatch(error -> error.startsWith("resource 'relative/path'"))
                .anyMatch(error -> error.contains("'d1://fixed' has no {variable}"))
                .anyMatch(error -> error.contains("two variables with nothing between them"))
                .anyMatch(error -> error.contains("'{+a}' is not a variable"))
                .anyMatch(error -> error.contains("'{a}/b': this has no scheme"))
                .anyMatch(error -> error.contains("does not close"))
                .hasSize(11);
    }

    @Test
    void anIconComesOverHttpsOrInTheUri() {
        var icons = List.of(
                new Icon("http://x.example/i.png", "image/png", List.of()),
                new Icon("data:image/png;base64,AA", "image/png", List.of()));

        var findings = check.check(family("d1", tool("d1_query").icons(icons)), Catalog.EMPTY);

        assertThat(errors(findings))
                .singleElement()
                .asString()
                .contains("'http://x.example/i.png' is not an https or data URI");
    }

    private static Tool.Builder tool(String name) {
        return Tool.named(name).description("Does something. Use it for that.");
    }

    private static Family family(String plugin, Tool.Builder... tools) {
        var built = Stream.of(tools)
                .map(tool -> tool.handler(call -> Future.succeededFuture(ToolResult.text("done"))))
                .toList();
        return new Family(plugin, "1", built, List.of(), List.of(), List.of(), List.of(), new Lease());
    }

    private static Family full(String plugin) {
        return new Family(
                plugin,
                "1",
                List.of(),
                List.of(resource("d1://all")),
                List.of(template("d1://{database}/schema")),
                List.of(prompt("explore", "Explores.", List.of(), Map.of())),
                List.of(),
                new Lease());
    }

    @Test
    void whatIsReadLikeAToolNeedsOneThatOnlyReads() {
        var family = new Family(
                "d1",
                "1",
                List.of(Workshop.tool("d1_query").handler(call -> Future.succeededFuture(ToolResult.text("")))),
                List.of(resource("d1://all").likeTool("d1_qery")),
                List.of(template("d1://{database}/schema").likeTool("d1_query")),
                List.of(prompt("explore", "Explores.", List.of(), Map.of()).likeTool("d1_qery")),
                List.of(),
                new Lease());

        assertThat(errors(new FamilyCheck().check(family, Catalog.EMPTY)))
                .contains(
                        "what is read like the tool 'd1_qery' needs one of this plugin that only reads; there are none",
                        "what is read like the tool 'd1_query' needs one of this plugin that only reads; there are none");
    }

    private static Prompt prompt(
            String name,
            String description,
            List<Prompt.Argument> arguments,
            Map<String, symbolai.mcp.api.Completer> completers) {
        return new Prompt(
                name,
                name,
                description,
                arguments,
                completers,
                call -> Future.succeededFuture(PromptResult.user("", "")));
    }

    private static Resource resource(String uri) {
        return new Resource(
                uri,
                "name",
                "title",
                "A resource.",
                "text/plain",
                call -> Future.succeededFuture(ResourceResult.text(uri, "text/plain", "")));
    }

    private static ResourceTemplate template(String uriTemplate) {
        return new ResourceTemplate(
                uriTemplate,
                "name",
                "title",
                "Resources.",
                "text/plain",
                Map.of(),
                call -> Future.succeededFuture(ResourceResult.text(call.uri(), "text/plain", "")));
    }

    private static Catalog catalog(Family family) {
        var catalogs = new Catalogs();
        catalogs.publish(family);
        return catalogs.current();
    }

    private static List<String> errors(List<Finding> findings) {
        return messages(findings, Finding.Severity.ERROR);
    }

    private static List<String> warnings(List<Finding> findings) {
        return messages(findings, Finding.Severity.WARNING);
    }

    private static List<String> messages(List<Finding> findings, Finding.Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::message)
                .toList();
    }
}
