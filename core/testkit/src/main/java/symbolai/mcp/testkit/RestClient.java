package symbolai.mcp.testkit;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/** Calls tools over REST. Calls block the test's thread. */
public final class RestClient {

    private final McpClient client;

    /** For whom the client is. */
    public RestClient(McpClient client) {
        this.client = client.header("Accept").isEmpty() ? client.with("Accept", "application/json") : client;
    }

    /** The same client with one more header in each request. */
    public RestClient with(String name, String value) {
        return new RestClient(client.with(name, value));
    }

    /** A GET of what follows {@code /api/mcp/}. */
    public HttpAnswer get(String pathAndQuery) {
        return send(HttpMethod.GET, pathAndQuery);
    }

    /** A request without a body. */
    public HttpAnswer send(HttpMethod method, String pathAndQuery) {
        return client.at("/api/mcp/" + pathAndQuery).send(method);
    }

    /** A POST of JSON. */
    public HttpAnswer post(String path, JsonObject body) {
        return post(path, body.encode());
    }

    /** A POST of any text. */
    public HttpAnswer post(String path, String body) {
        return client.at("/api/mcp/" + path).post(body);
    }
}
