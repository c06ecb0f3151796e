package symbolai.mcp.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Content;
import symbolai.mcp.api.Icon;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.PromptResult;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.ResourceContents;
import symbolai.mcp.api.ResourceResult;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolResult;

class McpJsonTest {

    private final McpJson json = new McpJson();

    @Test
    void aToolHasAllThatWasSaidOfIt() {
        var tool = Tool.named("d_x")
                .title("X")
                .description("Does x.")
                .output(new JsonObject("{'type':'object'}".replace('\'', '"')))
                .annotations(ToolAnnotations.READ_ONLY)
                .icons(List.of(new Icon("https://x/i.png", "image/png", List.of("any"))))
                .meta(new JsonObject().put("k", 1))
                .handler(call -> Future.succeededFuture(ToolResult.text("")));

        assertThat(json.tool(tool)).isEqualTo(read("""
                {"name":"d_x","title":"X","description":"Does x.",
                 "inputSchema":{"type":"object","properties":{},"additionalProperties":false},
                 "outputSchema":{"type":"object"},
                 "annotations":{"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false},
                 "icons":[{"src":"https://x/i.png","mimeType":"image/png","sizes":["any"]}],"_meta":{"k":1}}"""));
    }

    @Test
    void pitfall7WhatIsAbsentIsNotWritten() {
        var tool = Tool.named("d_x").handler(call -> Future.succeededFuture(ToolResult.text("")));

        assertThat(json.tool(tool).fieldNames())
                .containsExactlyInAnyOrder("name", "title", "inputSchema", "annotations");
        assertThat(json.toolResult(ToolResult.of()).encode()).isEqualTo("{\"content\":[]}");
    }

    @Test
    void resourcesTemplatesAndPrompts() {
        var resource = new Resource("x://a", "a", "A", "", "text/plain", call -> Future.failedFuture("no"));
        var template =
                new ResourceTemplate("x://{v}", "v", "", "All.", "", Map.of(), call -> Future.failedFuture("no"));
        var prompt = new Prompt(
                "p",
                "P",
                "Asks.",
                List.of(new Prompt.Argument("a", "An a.", true)),
                Map.of(),
                call -> Future.failedFuture("no"));

        assertThat(json.resource(resource))
                .isEqualTo(read("{\"uri\":\"x://a\",\"name\":\"a\",\"title\":\"A\",\"mimeType\":\"text/plain\"}"));
        assertThat(json.resourceTemplate(template))
                .isEqualTo(read("{\"uriTemplate\":\"x://{v}\",\"name\":\"v\",\"description\":\"All.\"}"));
        assertThat(json.prompt(prompt)).isEqualTo(read("""
                {"name":"p","title":"P","description":"Asks.",
                 "arguments":[{"name":"a","description":"An a.","required":true}]}"""));
    }

    static Stream<Arguments> contents() {
        var bytes = Buffer.buffer(new byte[] {-1, -2, -3});
        return Stream.of(
                Arguments.of(new Content.Text("t"), "{\"type\":\"text\",\"text\":\"t\"}"),
                Arguments.of(
                        new Content.Image(bytes, "image/png"),
                        "{\"type\":\"image\",\"data\":\"//79\",\"mimeType\":\"image/png\"}"),
                Arguments.of(
                        new Content.Audio(bytes, "audio/wav"),
                        "{\"type\":\"audio\",\"data\":\"//79\",\"mimeType\":\"audio/wav\"}"),
                Arguments.of(
                        new Content.Embedded(new ResourceContents.Text("x://a", "text/plain", "t")),
                        "{\"type\":\"resource\",\"resource\":{\"uri\":\"x://a\",\"mimeType\":\"text/plain\",\"text\":\"t\"}}"),
                Arguments.of(
                        new Content.Embedded(new ResourceContents.Blob("x://a", "", bytes)),
                        "{\"type\":\"resource\",\"resource\":{\"uri\":\"x://a\",\"blob\":\"//79\"}}"),
                Arguments.of(
                        new Content.Link("x://a", "a", "A", "", ""),
                        "{\"type\":\"resource_link\",\"uri\":\"x://a\",\"name\":\"a\",\"title\":\"A\"}"));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void content(Content content, String expected) {
        assertThat(json.content(content)).isEqualTo(read(expected));
    }

    @Test
    void pitfall9StructuredContentHasATextCopy() {
        var result = json.toolResult(ToolResult.json(new JsonObject().put("a", 1)));

        assertThat(result).isEqualTo(read("""
                {"content":[{"type":"text","text":"{\\"a\\":1}"}],"structuredContent":{"a":1}}"""));
    }

    @Test
    void aTextOfTheToolsOwnIsKept() {
        var result = json.toolResult(ToolResult.json(new JsonObject().putNull("a"), "no a"));

        assertThat(result).isEqualTo(read("""
                {"content":[{"type":"text","text":"no a"}],"structuredContent":{"a":null}}"""));
    }

    @Test
    void anErrorSaysSo() {
        assertThat(json.toolResult(ToolResult.error("bad")))
                .isEqualTo(read("{\"content\":[{\"type\":\"text\",\"text\":\"bad\"}],\"isError\":true}"));
    }

    @Test
    void resultsOfPromptsAndResources() {
        assertThat(json.promptResult(PromptResult.user("d", "t"))).isEqualTo(read("""
                {"description":"d","messages":[{"role":"user","content":{"type":"text","text":"t"}}]}"""));
        assertThat(json.resourceResult(ResourceResult.text("x://a", "text/plain", "t")))
                .isEqualTo(read("{\"contents\":[{\"uri\":\"x://a\",\"mimeType\":\"text/plain\",\"text\":\"t\"}]}"));
    }

    static Stream<Arguments> projections() {
        return Stream.of(
                Arguments.of(ProtocolVersion.V2024_11_05, "name description inputSchema", "text text text"),
                Arguments.of(
                        ProtocolVersion.V2025_03_26, "name description inputSchema annotations", "text audio text"),
                Arguments.of(
                        ProtocolVersion.V2025_06_18,
                        "name title description inputSchema outputSchema annotations _meta",
                        "text audio resource_link"),
                Arguments.of(
                        ProtocolVersion.V2025_11_25,
                        "name title description inputSchema outputSchema annotations icons _meta",
                        "text audio resource_link"),
                Arguments.of(
                        ProtocolVersion.V2026_07_28,
                        "name title description inputSchema outputSchema annotations icons _meta",
                        "text audio resource_link"));
    }

    @ParameterizedTest
    @MethodSource("projections")
    void eachVersionSeesWhatItKnows(ProtocolVersion version, String members, String contents) {
        var tool = Tool.named("d_x")
                .title("X")
                .description("D.")
                .output(new JsonObject().put("type", "object"))
                .icons(List.of(new Icon("https://x/i.png", "", List.of())))
                .meta(new JsonObject().put("k", 1))
                .handler(call -> Future.succeededFuture(ToolResult.text("")));
        var result = new ToolResult(
                List.of(
                        new Content.Text("t"),
                        new Content.Audio(Buffer.buffer("a"), "audio/wav"),
                        new Content.Link("x://a", "a", "A", "", "")),
                Optional.of(new JsonObject().put("a", 1)),
                false,
                new JsonObject());

        var seenTool = new Projection(version).tool(json.tool(tool));
        var seenResult = new Projection(version).toolResult(json.toolResult(result));

        assertThat(seenTool.fieldNames()).containsExactlyInAnyOrder(members.split(" "));
        assertThat(seenResult.getJsonArray("content").stream().map(content -> ((JsonObject) content).getString("type")))
                .containsExactly(contents.split(" "));
        assertThat(seenResult.containsKey("structuredContent")).isEqualTo(members.contains("outputSchema"));
    }

    @Test
    void in2025TheTitleMovesToTheAnnotations() {
        var tool = Tool.named("d_x").title("X").handler(call -> Future.succeededFuture(ToolResult.text("")));

        var seen = new Projection(ProtocolVersion.V2025_03_26).tool(json.tool(tool));

        assertThat(seen.getJsonObject("annotations").getString("title")).isEqualTo("X");
    }

    @ParameterizedTest
    @MethodSource("wrapped")
    void pitfall9OutputIsAnObjectUntil2025(String schema, String expected) {
        var tool = new JsonObject().put("name", "x").put("outputSchema", read(schema));

        var seen = new Projection(ProtocolVersion.V2025_11_25).tool(tool).getJsonObject("outputSchema");

        assertThat(seen).isEqualTo(expected == null ? null : read(expected));
    }

    static Stream<Arguments> wrapped() {
        return Stream.of(
                Arguments.of("{\"type\":\"object\"}", "{\"type\":\"object\"}"),
                Arguments.of(
                        "{\"type\":\"array\"}",
                        "{\"type\":\"object\",\"properties\":{\"result\":{\"type\":\"array\"}},\"required\":[\"result\"]}"),
                Arguments.of("{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}", null),
                Arguments.of("{\"type\":[\"object\",\"array\"]}", null),
                Arguments.of("{\"anyOf\":[{\"type\":\"object\"},{\"type\":\"array\"}]}", null),
                Arguments.of("{\"anyOf\":[{\"type\":\"object\"},{\"anyOf\":[{\"$ref\":\"#/$defs/a\"}]}]}", null));
    }

    @ParameterizedTest
    @MethodSource("structures")
    void pitfall9StructuredContentIsAnObjectUntil2025(Object structured, Object expected) {
        var result = new ToolResult(List.of(), Optional.of(structured), false, new JsonObject());

        var seen = new Projection(ProtocolVersion.V2025_06_18).toolResult(json.toolResult(result));
        var modern = new Projection(ProtocolVersion.V2026_07_28).toolResult(json.toolResult(result));

        assertThat(seen.getValue("structuredContent")).isEqualTo(expected);
        assertThat(modern.getValue("structuredContent")).isEqualTo(structured);
    }

    static Stream<Arguments> structures() {
        return Stream.of(
                Arguments.of(new JsonObject().put("a", 1), new JsonObject().put("a", 1)),
                Arguments.of(new JsonArray().add(1), new JsonObject().put("result", new JsonArray().add(1))),
                Arguments.of("t", new JsonObject().put("result", "t")),
                Arguments.of(7, new JsonObject().put("result", 7)),
                Arguments.of(true, new JsonObject().put("result", true)));
    }

    private static JsonObject read(String text) {
        return new JsonObject(text);
    }
}
