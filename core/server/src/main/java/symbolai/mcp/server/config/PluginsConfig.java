package symbolai.mcp.server.config;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The plugin host.
 *
 * @param folder the watched folder of plugin zips
 * @param scan how often the folder is looked at
 * @param drain how long calls of a replaced plugin may take to end
 * @param config a section for each plugin, by its id
 */
public record PluginsConfig(Path folder, Duration scan, Duration drain, Map<String, JsonObject> config) {

    public PluginsConfig {
        config = Map.copyOf(config);
    }
}
