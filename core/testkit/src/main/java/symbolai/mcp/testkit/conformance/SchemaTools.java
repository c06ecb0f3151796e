package symbolai.mcp.testkit.conformance;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolResult;

/** Tools whose input schema is what matters. */
final class SchemaTools {

    /** Uses what a list of tools must hand on word for word. */
    private static final String RICH_SCHEMA = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "$defs": {
                "address": {
                  "$anchor": "addressDef",
                  "type": "object",
                  "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
                }
              },
              "properties": {
                "name": {"type": "string"},
                "address": {"$ref": "#/$defs/address"},
                "contactMethod": {"type": "string", "enum": ["phone", "email"]},
                "phone": {"type": "string"},
                "email": {"type": "string"}
              },
              "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
              "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
              "then": {"required": ["phone"]},
              "else": {"required": ["email"]},
              "additionalProperties": false
            }
            """;

    List<Tool> tools() {
        return List.of(
                Tool.named("json_schema_2020_12_tool")
                        .description("Has an input schema that uses much of JSON Schema 2020-12.")
                        .input(new JsonObject(RICH_SCHEMA))
                        .annotations(ToolAnnotations.READ_ONLY)
                        .handler(SchemaTools::echo),
                Tool.named("test_x_mcp_header")
                        .description("Has an argument that clients repeat in an HTTP header.")
                        .input(Schemas.object()
                                .optional(
                                        "region",
                                        Schemas.string("Repeated in a header.").put("x-mcp-header", "Region"))
                                .optional("level", Schemas.integer("Not repeated."))
                                .build())
                        .annotations(ToolAnnotations.READ_ONLY)
                        .handler(SchemaTools::echo));
    }

    private static Future<ToolResult> echo(ToolCall call) {
        return Future.succeededFuture(
                ToolResult.text("Called with: " + call.arguments().encode()));
    }
}
