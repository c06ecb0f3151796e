package symbolai.mcp.server.rest;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.server.tools.AnswerCheck;
import symbolai.mcp.server.tools.CallStates;
import symbolai.mcp.server.tools.Questions;

/** Asks what a tool wants to know, and takes the answers from the call that comes again. */
final class Questioning {

    private static final String ANSWERS_HEADER = "X-Call-Answers";
    private static final String STATE_HEADER = "X-Call-State";

    private final CallStates states;
    private final Questions questions = new Questions();
    private final AnswerCheck check = new AnswerCheck();

    Questioning(CallStates states) {
        this.states = states;
    }

    /** What a call goes on with. */
    record Begun(Map<String, JsonObject> answers, JsonObject state) {}

    /** What the request answers, or else the questions that are still open. */
    record Resumed(Optional<Begun> begun, Optional<RestAnswer> stillOpen) {}

    /** The questions of the tool as an answer; the state in it opens for the same call only. */
    RestAnswer ask(InputRequired asked, JsonArray subject) {
        return answer(new CallStates.Asked(asked.state(), questions.json(asked.requests()), new JsonObject()), subject);
    }

    /** Takes what the request says to earlier questions. */
    Resumed resume(RestRequest request, JsonObject fields, JsonArray subject) {
        var sealed = state(request, fields);
        if (sealed.isEmpty()) {
            return new Resumed(Optional.of(new Begun(Map.of(), new JsonObject())), Optional.empty());
        }
        var asked = states.open(sealed.get(), subject)
                .orElseThrow(() -> RestProblem.invalid("the state " + RestArguments.STATE
                        + " has expired, was changed, or belongs to another caller or call; begin again without it"));
        var answers = merged(asked, answers(request, fields));
        if (answers.size() < asked.questions().size()) {
            var kept = new JsonObject();
            answers.forEach(kept::put);
            return new Resumed(
                    Optional.empty(),
                    Optional.of(answer(new CallStates.Asked(asked.state(), asked.questions(), kept), subject)));
        }
        return new Resumed(Optional.of(new Begun(answers, asked.state())), Optional.empty());
    }

    private Map<String, JsonObject> merged(CallStates.Asked asked, JsonObject given) {
        var answers = new LinkedHashMap<String, JsonObject>();
        for (var question : asked.questions()) {
            var name = question.getKey();
            Optional.ofNullable(given.getValue(name))
                    .or(() -> Optional.ofNullable(asked.answers().getValue(name)))
                    .or(() -> opened((JsonObject) question.getValue()))
                    .ifPresent(answer -> answers.put(name, checked(name, (JsonObject) question.getValue(), answer)));
        }
        return answers;
    }

    /** Who comes back with the state has seen the page: there is nothing else to say of it. */
    private static Optional<Object> opened(JsonObject question) {
        var isPage = question.getJsonObject("params", new JsonObject()).containsKey("url");
        return isPage ? Optional.of(new JsonObject().put("action", "accept")) : Optional.empty();
    }

    private JsonObject checked(String name, JsonObject question, Object answer) {
        var problem = answer instanceof JsonObject object
                ? check.problem(question, object)
                : Optional.of("must be an object with an action");
        problem.ifPresent(wrong -> {
            throw RestProblem.invalid(RestArguments.ANSWERS + "." + name + ": " + wrong);
        });
        return (JsonObject) answer;
    }

    private RestAnswer answer(CallStates.Asked asked, JsonArray subject) {
        var open = asked.questions().copy();
        asked.answers().fieldNames().forEach(open::remove);
        var body = RestAnswer.error(
                        RestCode.INPUT_REQUIRED,
                        "the tool asks; repeat the call with " + RestArguments.ANSWERS + " and " + RestArguments.STATE
                                + " in the body, or with the headers " + ANSWERS_HEADER + " and " + STATE_HEADER)
                .put("questions", open)
                .put("state", states.seal(asked, subject));
        return RestAnswer.json(RestCode.INPUT_REQUIRED.status(), Map.of(), body);
    }

    private static Optional<String> state(RestRequest request, JsonObject fields) {
        var field = fields.getValue(RestArguments.STATE);
        if (field == null) {
            return request.header(STATE_HEADER);
        }
        return Optional.of(field).map(value -> {
            if (value instanceof String text) {
                return text;
            }
            throw RestProblem.invalid(RestArguments.STATE + " must be the text that came with the questions");
        });
    }

    private static JsonObject answers(RestRequest request, JsonObject fields) {
        var field = fields.getValue(RestArguments.ANSWERS);
        return field == null
                ? request.header(ANSWERS_HEADER).map(Questioning::parsed).orElseGet(JsonObject::new)
                : object(field);
    }

    private static JsonObject parsed(String text) {
        try {
            return object(Json.decodeValue(text));
        } catch (DecodeException notJson) {
            throw wrongAnswers();
        }
    }

    private static JsonObject object(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw wrongAnswers();
    }

    private static RestProblem wrongAnswers() {
        return RestProblem.invalid(
                RestArguments.ANSWERS + " must be a JSON object with an answer for each question, by its name");
    }
}
