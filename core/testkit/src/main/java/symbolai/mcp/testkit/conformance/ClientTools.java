package symbolai.mcp.testkit.conformance;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Tools that ask the client one thing and tell what it answered. */
final class ClientTools {

    private static final String QUESTION = "question";

    /** A default for each kind of field. */
    private static final String DEFAULTS = """
            {
              "type": "object",
              "properties": {
                "name": {"type": "string", "description": "User name", "default": "John Doe"},
                "age": {"type": "integer", "description": "User age", "default": 30},
                "score": {"type": "number", "description": "User score", "default": 95.5},
                "status": {
                  "type": "string",
                  "description": "User status",
                  "enum": ["active", "inactive", "pending"],
                  "default": "active"
                },
                "verified": {"type": "boolean", "description": "Verification status", "default": true}
              },
              "required": []
            }
            """;

    /** Each way to write a choice. */
    private static final String CHOICES = """
            {
              "type": "object",
              "properties": {
                "untitledSingle": {
                  "type": "string",
                  "description": "Select one option",
                  "enum": ["option1", "option2", "option3"]
                },
                "titledSingle": {
                  "type": "string",
                  "description": "Select one option with titles",
                  "oneOf": [
                    {"const": "value1", "title": "First Option"},
                    {"const": "value2", "title": "Second Option"},
                    {"const": "value3", "title": "Third Option"}
                  ]
                },
                "legacyEnum": {
                  "type": "string",
                  "description": "Select one option (legacy)",
                  "enum": ["opt1", "opt2", "opt3"],
                  "enumNames": ["Option One", "Option Two", "Option Three"]
                },
                "untitledMulti": {
                  "type": "array",
                  "description": "Select multiple options",
                  "minItems": 1,
                  "maxItems": 3,
                  "items": {"type": "string", "enum": ["option1", "option2", "option3"]}
                },
                "titledMulti": {
                  "type": "array",
                  "description": "Select multiple options with titles",
                  "minItems": 1,
                  "maxItems": 3,
                  "items": {
                    "anyOf": [
                      {"const": "value1", "title": "First Choice"},
                      {"const": "value2", "title": "Second Choice"},
                      {"const": "value3", "title": "Third Choice"}
                    ]
                  }
                }
              },
              "required": []
            }
            """;

    List<Tool> tools() {
        return List.of(
                asking("test_sampling", "Asks the client's model.")
                        .input(one("prompt", "What to ask the model."))
                        .handler(this::sampling),
                asking("test_missing_capability", "Cannot work without the client's model.")
                        .requires(ClientCapability.SAMPLING)
                        .handler(this::needsModel),
                asking("test_elicitation", "Asks the user.")
                        .input(one("message", "What to ask the user."))
                        .handler(this::elicitation),
                asking("test_elicitation_sep1034_defaults", "Asks the user with a form that has defaults.")
                        .handler(call -> form(call, "Please review the defaults", DEFAULTS)),
                asking("test_elicitation_sep1330_enums", "Asks the user with a form that has choices.")
                        .handler(call -> form(call, "Please select options", CHOICES)));
    }

    private static Tool.Builder asking(String name, String description) {
        return Tool.named(name).description(description).annotations(ToolAnnotations.READ_ONLY);
    }

    private static JsonObject one(String name, String description) {
        return Schemas.object().required(name, Schemas.string(description)).build();
    }

    private Future<ToolOutcome> sampling(ToolCall call) {
        return askModel(call, call.arguments().getString("prompt"));
    }

    private Future<ToolOutcome> needsModel(ToolCall call) {
        return askModel(call, "Reply with the single word: pong");
    }

    private static Future<ToolOutcome> askModel(ToolCall call, String text) {
        return Future.succeededFuture(new Answers(call)
                .raw(QUESTION)
                .<ToolOutcome>map(answer -> ToolResult.text(
                        "LLM response: " + new Answers(call).modelText(QUESTION).orElse("none")))
                .orElseGet(() -> InputRequired.ask(QUESTION, Samples.askModel(text, 100))));
    }

    private Future<ToolOutcome> elicitation(ToolCall call) {
        return ask(call, Samples.askFor(call.arguments().getString("message"), "username", "email"));
    }

    private static Future<ToolOutcome> form(ToolCall call, String message, String schema) {
        return ask(call, new InputRequest.Form(message, new JsonObject(schema)));
    }

    private static Future<ToolOutcome> ask(ToolCall call, InputRequest.Form form) {
        return Future.succeededFuture(new Answers(call)
                .raw(QUESTION)
                .<ToolOutcome>map(ClientTools::told)
                .orElseGet(() -> InputRequired.ask(QUESTION, form)));
    }

    private static ToolResult told(JsonObject answer) {
        var content = answer.getValue("content") instanceof JsonObject filled ? filled : new JsonObject();
        return ToolResult.text("User response: action=" + answer.getValue("action") + ", content=" + content.encode());
    }
}
