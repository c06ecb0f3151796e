package symbolai.mcp.server.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.server.policy.Policy;
import symbolai.mcp.server.policy.PolicyBook;
import symbolai.mcp.server.policy.RuleReader;

/** The policy over REST: auditors read it, admins change it. */
public final class PolicyRoutes {

    private static final String RULE = "rule";
    private static final String POSITION = "position";

    private final PolicyBook book;
    private final Policy policy;
    private final PolicyQuestions questions;
    private final PolicyJson json = new PolicyJson();

    public PolicyRoutes(PolicyBook book, Policy policy, PolicyQuestions questions) {
        this.book = book;
        this.policy = policy;
        this.questions = questions;
    }

    /** Its routes. */
    public List<OwnRoute> routes() {
        var nothing = Schemas.object().build();
        return List.of(
                OwnRoute.get(
                        "policy/rules",
                        "Lists the rules in their order.",
                        nothing,
                        OwnRoute.anyObject(),
                        RouteAccess.AUDITORS,
                        (caller, fields) -> book.state().map(json::state)),
                OwnRoute.get(
                        "policy/history",
                        "Lists the last changes, the newest first.",
                        nothing,
                        OwnRoute.anyObject(),
                        RouteAccess.AUDITORS,
                        (caller, fields) -> book.history().map(json::history)),
                OwnRoute.post(
                        "policy/explain",
                        "Tells why a call would be allowed or refused, rule by rule.",
                        questions.schema(),
                        OwnRoute.anyObject(),
                        RouteAccess.AUDITORS,
                        (caller, fields) ->
                                questions.read(fields).map(policy::explain).map(json::explanation)),
                change("policy/add", "Adds a rule.", withRule(), this::add),
                change("policy/update", "Puts a rule in place of the one with its id.", withRule(), this::update),
                change("policy/remove", "Removes a rule.", withId(), this::remove),
                change("policy/move", "Puts a rule at another place; 0 is the first.", withId(), this::move),
                change(
                        "policy/read-only",
                        "Switches everything off that writes, or on again as far as the rules allow it.",
                        Schemas.object()
                                .required("on", Schemas.bool("Whether nothing may be written."))
                                .build(),
                        this::readOnly));
    }

    private static JsonObject withRule() {
        return Schemas.object()
                .required(RULE, new JsonObject().put("type", "object").put("description", "The rule."))
                .optional(POSITION, Schemas.integer("Its place; 0 is the first, and without one it is the last."))
                .build();
    }

    private static JsonObject withId() {
        return Schemas.object()
                .required("id", Schemas.string("The rule's id."))
                .optional(POSITION, Schemas.integer("Its new place; 0 is the first."))
                .build();
    }

    private static OwnRoute change(String path, String summary, JsonObject input, OwnRoute.JsonHandler handler) {
        return OwnRoute.post(path, summary, input, OwnRoute.anyObject(), RouteAccess.FRESH_ADMINS, handler);
    }

    private Future<JsonObject> add(Caller by, JsonObject body) {
        var fields = new BodyFields(body).only(List.of(RULE, POSITION));
        return book.add(by, RuleReader.read(rule(body)), position(fields)).map(json::state);
    }

    private Future<JsonObject> update(Caller by, JsonObject body) {
        new BodyFields(body).only(List.of(RULE));
        return book.update(by, RuleReader.read(rule(body))).map(json::state);
    }

    private Future<JsonObject> remove(Caller by, JsonObject body) {
        return book.remove(by, new BodyFields(body).only(List.of("id")).text("id"))
                .map(json::state);
    }

    private Future<JsonObject> move(Caller by, JsonObject body) {
        var fields = new BodyFields(body).only(List.of("id", POSITION));
        int position = position(fields);
        if (position < 0) {
            throw RestProblem.invalid("the field position is missing; 0 is the first place");
        }
        return book.move(by, fields.text("id"), position).map(json::state);
    }

    private Future<JsonObject> readOnly(Caller by, JsonObject body) {
        new BodyFields(body).only(List.of("on"));
        if (body.getValue("on") instanceof Boolean on) {
            return book.readOnly(by, on).map(json::state);
        }
        throw RestProblem.invalid("the field on must be true or false");
    }

    private static JsonObject rule(JsonObject body) {
        if (body.getValue(RULE) instanceof JsonObject rule) {
            return rule;
        }
        throw RestProblem.invalid("the field rule must be an object with the rule");
    }

    private static int position(BodyFields fields) {
        var value = fields.json().getValue(POSITION);
        if (value == null) {
            return -1;
        }
        if ((value instanceof Integer || value instanceof Long) && ((Number) value).longValue() >= 0) {
            return (int) Math.min(Integer.MAX_VALUE, ((Number) value).longValue());
        }
        throw RestProblem.invalid("the field position must be a whole number of at least 0");
    }
}
