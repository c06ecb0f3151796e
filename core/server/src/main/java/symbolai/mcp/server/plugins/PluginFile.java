package symbolai.mcp.server.plugins;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * A zip as one look at the folder found it.
 *
 * @param path where it lies
 * @param size how many bytes it has
 * @param modified when it was written last
 * @param key which file this is, where the file system tells; another file under the same name has another key
 */
record PluginFile(Path path, long size, FileTime modified, String key) {

    String name() {
        return String.valueOf(path.getFileName());
    }
}
