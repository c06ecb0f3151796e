package symbolai.mcp.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The limit on this stack: a Vert.x server that parses the same JSON-RPC, adds two numbers and answers in the same shape, with no check, no identity, no
 * policy and no audit. Its tools/list answers a ready result.
 */
final class RawServer extends VerticleBase {

    private final int port;
    private final byte[] tools;
    private final ObjectMapper json = new ObjectMapper();
    private final JsonFactory factory = json.getFactory();

    private RawServer(int port, byte[] tools) {
        this.port = port;
        this.tools = tools;
    }

    /** Takes the port, and the file with the result of tools/list. */
    public static void main(String[] arguments) throws IOException {
        var tools = Files.readAllBytes(Path.of(arguments[1]));
        int port = Integer.parseInt(arguments[0]);
        var options = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        Vertx.vertx().deployVerticle(() -> new RawServer(port, tools), options).await();
    }

    @Override
    public Future<HttpServer> start() {
        return vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen();
    }

    private void answer(HttpServerRequest request, Buffer body) {
        try {
            var message = json.readTree(body.getBytes());
            var id = message.get("id");
            if (id == null) {
                request.response().setStatusCode(202).end();
                return;
            }
            var answer = switch (message.get("method").asText()) {
                case "tools/call" -> call(id, message.get("params").get("arguments"));
                case "tools/list" -> ready(id, tools);
                default -> ready(id, "{}".getBytes(StandardCharsets.UTF_8));
            };
            request.response().putHeader("content-type", "application/json").end(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Buffer call(JsonNode id, JsonNode arguments) throws IOException {
        var out = new ByteArrayOutputStream(160);
        try (JsonGenerator writer = factory.createGenerator(out)) {
            writer.writeStartObject();
            writer.writeStringField("jsonrpc", "2.0");
            writer.writeNumberField("id", id.asInt());
            writer.writeObjectFieldStart("result");
            writer.writeArrayFieldStart("content");
            writer.writeStartObject();
            writer.writeStringField("type", "text");
            int sum = arguments.get("a").asInt() + arguments.get("b").asInt();
            writer.writeStringField("text", "{\"sum\":" + sum + "}");
            writer.writeEndObject();
            writer.writeEndArray();
            writer.writeEndObject();
            writer.writeEndObject();
        }
        return Buffer.buffer(out.toByteArray());
    }

    private static Buffer ready(JsonNode id, byte[] result) {
        return Buffer.buffer(result.length + 48)
                .appendString("{\"jsonrpc\":\"2.0\",\"id\":" + id.asInt() + ",\"result\":")
                .appendBytes(result)
                .appendString("}");
    }
}
