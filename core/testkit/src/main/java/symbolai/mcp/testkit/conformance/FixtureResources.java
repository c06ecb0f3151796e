package symbolai.mcp.testkit.conformance;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import symbolai.mcp.api.Completion;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.ResourceCall;
import symbolai.mcp.api.ResourceContents;
import symbolai.mcp.api.ResourceResult;
import symbolai.mcp.api.ResourceTemplate;

/** A text, some bytes, one to watch, and one with a variable. */
final class FixtureResources {

    List<Resource> resources() {
        return List.of(
                text(
                        "test://static-text",
                        "static-text",
                        "Static text",
                        "This is the content of the static text resource."),
                new Resource(
                        "test://static-binary",
                        "static-binary",
                        "Static binary",
                        "A picture.",
                        "image/png",
                        this::picture),
                text("test://watched-resource", "watched-resource", "Watched resource", "Watched resource content"));
    }

    List<ResourceTemplate> templates() {
        return List.of(new ResourceTemplate(
                "test://template/{id}/data",
                "template",
                "Resource template",
                "Data by its id.",
                "application/json",
                Map.of(
                        "id",
                        call -> Future.succeededFuture(
                                Completion.startingWith(call.value(), List.of("123", "124", "200")))),
                this::data));
    }

    private static Resource text(String uri, String name, String title, String text) {
        return new Resource(
                uri,
                name,
                title,
                title + ".",
                "text/plain",
                call -> Future.succeededFuture(ResourceResult.text(uri, "text/plain", text)));
    }

    private Future<ResourceResult> picture(ResourceCall call) {
        var image = Samples.IMAGE;
        return Future.succeededFuture(
                new ResourceResult(List.of(new ResourceContents.Blob(call.uri(), image.mimeType(), image.data()))));
    }

    private Future<ResourceResult> data(ResourceCall call) {
        var id = call.variables().get("id");
        var data = new JsonObject().put("id", id).put("templateTest", true).put("data", "Data for ID: " + id);
        return Future.succeededFuture(ResourceResult.text(call.uri(), "application/json", data.encode()));
    }
}
