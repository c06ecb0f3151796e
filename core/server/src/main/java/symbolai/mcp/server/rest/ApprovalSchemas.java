package symbolai.mcp.server.rest;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.server.approvals.Approval.State;

/** The JSON Schemas of what is asked about approvals, and of what is answered. */
final class ApprovalSchemas {

    private static final String ID = "The id of the request.";

    JsonObject state() {
        return Schemas.object()
                .optional("state", states("Only requests in this state."))
                .build();
    }

    private static JsonObject states(String description) {
        return string(description)
                .put(
                        "enum",
                        new JsonArray(Stream.of(State.values()).map(State::text).toList()));
    }

    JsonObject id() {
        return Schemas.object().required("id", string(ID)).build();
    }

    JsonObject grant() {
        return Schemas.object()
                .required("id", string(ID))
                .optional("note", string("What others should know of it."))
                .build();
    }

    JsonObject deny() {
        return Schemas.object()
                .required("id", string(ID))
                .required("reason", string("Why; the requester is told."))
                .build();
    }

    JsonObject list() {
        return Schemas.object()
                .required("approvals", array("The requests, newest first.", approval()))
                .required("count", integer("How many these are."))
                .build();
    }

    JsonObject approval() {
        return Schemas.object()
                .required("id", string(ID))
                .required("state", states("How far it has come."))
                .required("requester", string("Who asks."))
                .required("client", string("The program that asks; may be empty."))
                .required("address", string("Where the call came from."))
                .required("tool", string("The tool that is to be called."))
                .required("account", string("What the requester is connected to."))
                .required("target", string("What the call is done to; may be empty."))
                .required("rule", string("The rule that demands the approval."))
                .required("reason", string("Why, in words."))
                .required("approvers", string("Who may decide."))
                .required("required", integer("How many must approve."))
                .required("created", string("When it was asked for."))
                .required("expires", string("Until when it can be decided, and the call be made."))
                .required("mayDecide", bool("Whether you may decide it now."))
                .required("votes", array("What was decided.", vote()))
                .optional(
                        "arguments",
                        Schemas.object().build("The arguments of the call.").put("additionalProperties", true))
                .optional("steps", array("What the call would do.", step()))
                .optional("previewProblem", string("Why it cannot be told what the call would do."))
                .build("A request for an approval.");
    }

    private static JsonObject vote() {
        return Schemas.object()
                .required("by", string("Who decided."))
                .required("granted", bool("Whether they approved."))
                .required("note", string("What they said."))
                .required("at", string("When."))
                .build("One person's decision.");
    }

    private static JsonObject step() {
        return Schemas.object()
                .required("text", string("Exactly what."))
                .required("plan", array("How.", string("A line of the plan.")))
                .optional("rows", integer("How many rows it would change now."))
                .required("note", string("What to know beside it; may be empty."))
                .build("One thing that would be done.");
    }
}
