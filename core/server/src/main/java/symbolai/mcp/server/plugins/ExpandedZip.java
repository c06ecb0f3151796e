package symbolai.mcp.server.plugins;

import java.nio.file.Path;

/**
 * A checked zip that lies expanded in the work folder.
 *
 * @param file the zip's name
 * @param sha256 of the zip's bytes, in hex
 * @param folder where it lies expanded
 */
record ExpandedZip(String file, PluginProperties properties, String sha256, Path folder) {

    String id() {
        return properties.id();
    }

    String version() {
        return properties.version();
    }
}
