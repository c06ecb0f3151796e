package symbolai.mcp.server.mcp;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.tools.AnswerCheck;
import symbolai.mcp.server.tools.CallStates;
import symbolai.mcp.server.tools.Questions;

/** Asks the client by {@code input_required} results, and takes its answers from the request that comes again. */
final class Rounds {

    private final McpMethods methods;
    private final RequestStates states;
    private final Results results;
    private final Questions questions = new Questions();
    private final AnswerCheck check = new AnswerCheck();

    Rounds(McpMethods methods, RequestStates states, Results results) {
        this.methods = methods;
        this.states = states;
        this.results = results;
    }

    /** One round with everything that it needs. */
    private record Round(JsonRpcMessage.Request request, ClientProfile client, Caller caller, Exchange exchange) {}

    /** The result of a method that cannot ask. */
    static Buffer complete(McpResult result) {
        return ((McpResult.Complete) result).result();
    }

    Future<Buffer> handle(JsonRpcMessage.Request request, ClientProfile client, Caller caller, Exchange exchange) {
        var round = new Round(request, client, caller, exchange);
        var params = new Params(request.params());
        var answers = params.objects("inputResponses");
        Optional<String> sealed = params.optionalText("requestState");
        if (sealed.isPresent()) {
            return resume(round, states.open(sealed.get(), request, caller), answers);
        }
        return call(round, Retry.none()).compose(result -> begun(round, result, answers));
    }

    /** Answers that came before the questions are taken when they answer all of them. */
    private Future<Buffer> begun(Round round, McpResult result, Map<String, JsonObject> answers) {
        if (result instanceof McpResult.InputNeeded needed && !answers.isEmpty()) {
            return resume(round, asked(needed.questions()), answers);
        }
        return answer(round, result);
    }

    private Future<Buffer> resume(Round round, CallStates.Asked asked, Map<String, JsonObject> given) {
        var answers = new LinkedHashMap<String, JsonObject>();
        for (var question : asked.questions()) {
            var name = question.getKey();
            var answer = Optional.ofNullable(given.get(name))
                    .or(() -> Optional.ofNullable(asked.answers().getJsonObject(name)));
            answer.ifPresent(value -> answers.put(name, checked(name, (JsonObject) question.getValue(), value)));
        }
        if (answers.size() < asked.questions().size()) {
            var kept = new JsonObject();
            answers.forEach(kept::put);
            return Future.succeededFuture(ask(round, new CallStates.Asked(asked.state(), asked.questions(), kept)));
        }
        return call(round, new Retry(answers, asked.state())).compose(result -> answer(round, result));
    }

    private JsonObject checked(String name, JsonObject question, JsonObject answer) {
        check.problem(question, answer).ifPresent(problem -> {
            throw Params.invalid("inputResponses." + name + ": " + problem);
        });
        return answer;
    }

    private Future<McpResult> call(Round round, Retry retry) {
        return methods.handle(round.request(), round.client(), round.caller(), round.exchange(), retry);
    }

    private Future<Buffer> answer(Round round, McpResult result) {
        return Future.succeededFuture(
                result instanceof McpResult.InputNeeded needed
                        ? ask(round, asked(needed.questions()))
                        : complete(result));
    }

    private CallStates.Asked asked(InputRequired required) {
        return new CallStates.Asked(required.state(), questions.json(required.requests()), new JsonObject());
    }

    private Buffer ask(Round round, CallStates.Asked asked) {
        var open = asked.questions().copy();
        asked.answers().fieldNames().forEach(open::remove);
        var result = new JsonObject();
        if (!open.isEmpty()) {
            result.put("inputRequests", open);
        }
        result.put("requestState", states.seal(asked, round.request(), round.caller()));
        return results.typed("input_required", result, round.client().version()).toBuffer();
    }
}
