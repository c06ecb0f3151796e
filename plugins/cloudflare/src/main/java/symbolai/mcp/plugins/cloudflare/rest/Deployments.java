package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;
import symbolai.mcp.plugins.cloudflare.backend.Shape;

/** Carries out the operations on versions of Workers and on what is deployed of them. */
final class Deployments implements Api {

    private static final int MOST = 10;
    private static final String MESSAGE = "workers/message";

    private final RestClient client;

    Deployments(RestClient client) {
        this.client = client;
    }

    @Override
    public Map<String, Handler> reads() {
        return Map.of("workers.deployments", this::list, "workers.versions", this::versions);
    }

    @Override
    public Map<String, Handler> writes() {
        return Map.of("workers.rollback", this::rollback, "workers.delete", this::delete);
    }

    private Future<JsonObject> list(Operation operation) {
        return client.send(operation, RestRequest.get(path(operation)), envelope -> {
            var deployments = new JsonArray();
            envelope.object().objects("deployments").stream()
                    .limit(MOST)
                    .map(Deployments::deployment)
                    .forEach(deployments::add);
            return new JsonObject().put("deployments", deployments);
        });
    }

    private Future<JsonObject> versions(Operation operation) {
        var page = OffsetPage.of(operation, 1);
        var request = page.of(RestRequest.get("workers", "scripts", WorkersApi.name(operation), "versions"));
        return client.send(operation, request, envelope -> {
            var cut = page.cut(envelope.object().array("items"), envelope.info());
            var versions = new JsonArray();
            cut.entries().stream().map(Deployments::version).forEach(versions::add);
            var json = new JsonObject().put("versions", versions);
            return cut.isMore() ? json.put("nextPage", cut.nextPage()) : json;
        });
    }

    private Future<JsonObject> rollback(Operation operation) {
        var arguments = operation.arguments();
        var version = new JsonObject()
                .put("version_id", arguments.getString("versionId"))
                .put("percentage", 100);
        var annotations = Optional.ofNullable(arguments.getString("message"))
                .map(message -> new JsonObject().put(MESSAGE, message));
        var body = new Shape()
                .put("strategy", "percentage")
                .put("versions", new JsonArray().add(version))
                .maybe("annotations", annotations)
                .json();
        var request = RestRequest.post(path(operation)).json(body);
        return client.send(operation, request, envelope -> deployment(envelope.object()));
    }

    private Future<JsonObject> delete(Operation operation) {
        var request = RestRequest.delete("workers", "scripts", WorkersApi.name(operation));
        return client.send(operation, request, done -> new JsonObject());
    }

    private static String[] path(Operation operation) {
        return new String[] {"workers", "scripts", WorkersApi.name(operation), "deployments"};
    }

    private static JsonObject deployment(Fields deployment) {
        var versions = new JsonArray();
        deployment
                .objects("versions")
                .forEach(version -> versions.add(new JsonObject()
                        .put("versionId", version.required("version_id"))
                        .put(
                                "percentage",
                                version.number("percentage")
                                        .orElseThrow(() -> new Malformed("a version has no percentage")))));
        return new Shape()
                .put("id", deployment.required("id"))
                .put("createdAt", deployment.requiredTime("created_on"))
                .put("versions", versions)
                .maybe("source", deployment.filled("source"))
                .maybe("author", deployment.filled("author_email"))
                .maybe("message", message(deployment))
                .maybe("strategy", deployment.filled("strategy"))
                .json();
    }

    private static JsonObject version(Fields version) {
        var metadata = version.object("metadata");
        return new Shape()
                .put("id", version.required("id"))
                .maybe("number", version.count("number"))
                .maybe("createdAt", metadata.flatMap(found -> found.time("created_on")))
                .maybe("source", metadata.flatMap(found -> found.filled("source")))
                .maybe("author", metadata.flatMap(found -> found.filled("author_email")))
                .maybe("message", message(version))
                .maybe("tag", version.object("annotations").flatMap(found -> found.filled("workers/tag")))
                .json();
    }

    private static Optional<String> message(Fields annotated) {
        return annotated.object("annotations").flatMap(found -> found.filled(MESSAGE));
    }
}
