package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.mcp.Exchange;
import symbolai.mcp.server.mcp.McpJson;
import symbolai.mcp.server.mcp.McpMethods;
import symbolai.mcp.server.mcp.McpResult;
import symbolai.mcp.server.mcp.ProtocolVersion;
import symbolai.mcp.server.mcp.Retry;
import symbolai.mcp.server.tools.AnswerCheck;

/** One call that may ask the client: puts its questions all at once, calls again with the answers, until there is a result. */
final class Interview {

    private static final int MAX_ROUNDS = 32;
    private static final String DONE = "notifications/elicitation/complete";

    private final McpMethods methods;
    private final JsonRpcCodec codec;
    private final Requested requested;
    private final Exchange exchange;
    private final AnswerCheck check = new AnswerCheck();
    private final QuestionWriter writer = new QuestionWriter();
    private final McpJson json = new McpJson();
    private final List<String> opened = new CopyOnWriteArrayList<>();

    Interview(McpMethods methods, JsonRpcCodec codec, Requested requested) {
        this.methods = methods;
        this.codec = codec;
        this.requested = requested;
        this.exchange = new CallExchange(codec, requested.call(), requested.outlet());
    }

    /** The result at last. */
    Future<Buffer> result() {
        return round(Retry.none(), 1).onSuccess(result -> sayThatPagesAreDone()).recover(this::unanswered);
    }

    /** That a question was not answered is how a tool's work ended, so the model reads it as the tool's result. */
    private Future<Buffer> unanswered(Throwable failure) {
        if (!(failure instanceof NoAnswer)) {
            return Future.failedFuture(failure);
        }
        JsonRpcException refused = refused(String.valueOf(failure.getMessage()));
        return requested.request().method().equals("tools/call")
                ? Future.succeededFuture(
                        json.toolResult(ToolResult.error(refused.text())).toBuffer())
                : Future.failedFuture(refused);
    }

    private Future<Buffer> round(Retry retry, int number) {
        return methods.handle(
                        requested.request(), requested.conversation().profile(), requested.caller(), exchange, retry)
                .compose(result -> next(result, number));
    }

    private Future<Buffer> next(McpResult result, int number) {
        if (result instanceof McpResult.Complete complete) {
            return Future.succeededFuture(complete.result());
        }
        McpResult.InputNeeded needed = (McpResult.InputNeeded) result;
        InputRequired questions = needed.questions();
        if (number == MAX_ROUNDS) {
            return Future.failedFuture(refused("it asked " + MAX_ROUNDS + " times and still has questions"));
        }
        return ask(needed).compose(answers -> round(new Retry(answers, questions.state()), number + 1));
    }

    private Future<Map<String, JsonObject>> ask(McpResult.InputNeeded needed) {
        InputRequired questions = needed.questions();
        if (questions.requests().isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        if (!requested.outlet().canAsk()) {
            return Future.failedFuture(cannotAsk(needed));
        }
        Map<String, Future<JsonObject>> asked = new HashMap<>();
        questions.requests().forEach((name, question) -> asked.put(name, ask(question)));
        return Future.join(List.copyOf(asked.values())).map(all -> answers(asked));
    }

    private Future<JsonObject> ask(InputRequest question) {
        OpenQuestions questions = requested.conversation().questions();
        ProtocolVersion version = requested.conversation().client().version();
        String page = questions.newPage();
        JsonObject json = writer.write(question, page, version);
        return questions
                .ask(json, requested.outlet(), requested.call())
                .map(answer -> checked(json, answer))
                .onSuccess(answer -> rememberOpened(question, page, answer));
    }

    private JsonObject checked(JsonObject question, JsonObject answer) {
        check.problem(question, answer).ifPresent(problem -> {
            throw new NoAnswer("gave an answer that does not fit the question: " + problem);
        });
        return answer;
    }

    private void rememberOpened(InputRequest question, String page, JsonObject answer) {
        if (question instanceof InputRequest.Page && "accept".equals(answer.getValue("action"))) {
            opened.add(page);
        }
    }

    private static Map<String, JsonObject> answers(Map<String, Future<JsonObject>> asked) {
        Map<String, JsonObject> answers = new HashMap<>();
        asked.forEach((name, answer) -> answers.put(name, answer.result()));
        return answers;
    }

    /** A client that takes no stream is told which pages to open before it tries again; for anything else there is no way. */
    private JsonRpcException cannotAsk(McpResult.InputNeeded needed) {
        JsonArray elicitations = new JsonArray();
        for (InputRequest question : needed.questions().requests().values()) {
            if (!(question instanceof InputRequest.Page page)) {
                return refused("it has questions, and the client accepts no text/event-stream");
            }
            elicitations.add(page(page, needed));
        }
        return new JsonRpcException(
                JsonRpcError.URL_ELICITATION_REQUIRED,
                "this needs the user to open a page first",
                new JsonObject().put("elicitations", elicitations));
    }

    private JsonObject page(InputRequest.Page page, McpResult.InputNeeded needed) {
        String name = requested.conversation().questions().newPage();
        needed.settled()
                .ifPresent(settled -> requested
                        .conversation()
                        .pages()
                        .watch(name, settled, () -> requested.outlet().announce(done(name))));
        return writer.write(page, name, ProtocolVersion.V2025_11_25).getJsonObject("params");
    }

    private JsonRpcException refused(String why) {
        return new JsonRpcException(JsonRpcError.REFUSED, requested.request().method() + " cannot go on: " + why);
    }

    private void sayThatPagesAreDone() {
        opened.forEach(page -> exchange.notify(DONE, new JsonObject().put("elicitationId", page)));
    }

    private Buffer done(String page) {
        return codec.notification(DONE, new JsonObject().put("elicitationId", page));
    }
}
