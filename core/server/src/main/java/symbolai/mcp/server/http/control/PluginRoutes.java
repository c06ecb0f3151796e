package symbolai.mcp.server.http.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import symbolai.mcp.server.plugins.PluginStatus;

/** Plugins. */
public final class PluginRoutes implements ControlRoutes {

    private final Supplier<List<PluginStatus>> plugins;

    public PluginRoutes(Supplier<List<PluginStatus>> plugins) {
        this.plugins = plugins;
    }

    @Override
    public void mount(Router router) {
        router.get("/plugins")
                .handler(context ->
                        ControlAnswer.json(context, Future.succeededFuture(plugins.get()), PluginRoutes::json));
    }

    private static JsonObject json(List<PluginStatus> plugins) {
        return new JsonObject()
                .put(
                        "plugins",
                        new JsonArray(plugins.stream().map(PluginRoutes::json).toList()));
    }

    private static JsonObject json(PluginStatus plugin) {
        return new JsonObject()
                .put("file", plugin.file())
                .put("id", plugin.id())
                .put("version", plugin.version())
                .put("state", plugin.state().name().toLowerCase(Locale.ROOT))
                .put("tools", plugin.tools())
                .put("problems", new JsonArray(plugin.problems()));
    }
}
