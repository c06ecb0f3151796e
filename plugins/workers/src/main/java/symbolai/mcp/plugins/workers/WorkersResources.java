package symbolai.mcp.plugins.workers;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import symbolai.mcp.api.Completion;
import symbolai.mcp.api.CompletionCall;
import symbolai.mcp.api.ResourceCall;
import symbolai.mcp.api.ResourceContents;
import symbolai.mcp.api.ResourceResult;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.ToolException;

/** The code of each Worker as a resource. */
final class WorkersResources {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}");
    private static final String JAVASCRIPT = "application/javascript";
    private static final int LONGEST = 200_000;

    static String uri(String worker) {
        return "workers://" + worker;
    }

    ResourceTemplate template() {
        return new ResourceTemplate(
                        "workers://{script}",
                        "workers-script",
                        "Code of a Worker",
                        "The code of a Worker's main module, and the list of all its modules.",
                        JAVASCRIPT,
                        Map.of("script", WorkersResources::names),
                        WorkersResources::read)
                .likeTool("workers_code");
    }

    private static Future<Completion> names(CompletionCall call) {
        return new WorkersClient(call)
                .list()
                .map(workers -> Completion.startingWith(
                        call.value(),
                        workers.stream().map(worker -> worker.getString("name")).toList()));
    }

    private static Future<ResourceResult> read(ResourceCall call) {
        var name = call.variables().getOrDefault("script", "");
        if (!NAME.matcher(name).matches()) {
            throw new ToolException(ToolException.Reason.NOT_FOUND, "no Worker can have the name in " + call.uri());
        }
        return new WorkersClient(call).code(name).map(code -> contents(call.uri(), code));
    }

    private static ResourceResult contents(String uri, WorkerCode code) {
        var modules = new JsonArray();
        code.modules()
                .forEach(module -> modules.add(new JsonObject()
                        .put("name", module.name())
                        .put("contentType", module.contentType())
                        .put("bytes", module.bytes().length())));
        var list = new JsonObject().put("modules", modules).put("truncated", code.truncated() || isLong(code));
        code.mainModule().ifPresent(main -> list.put("mainModule", main));
        var overview = new ResourceContents.Text(uri + "/modules", "application/json", list.encodePrettily());
        return code.main()
                .map(main -> new ResourceResult(List.of(main(uri, main), overview)))
                .orElseGet(() -> new ResourceResult(List.of(overview)));
    }

    private static ResourceContents main(String uri, WorkerModule module) {
        return module.text().isPresent()
                ? new ResourceContents.Text(uri, JAVASCRIPT, cut(module.text().get()))
                : new ResourceContents.Blob(uri, module.contentType(), module.bytes());
    }

    private static boolean isLong(WorkerCode code) {
        return code.main()
                .flatMap(WorkerModule::text)
                .filter(text -> text.length() > LONGEST)
                .isPresent();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
