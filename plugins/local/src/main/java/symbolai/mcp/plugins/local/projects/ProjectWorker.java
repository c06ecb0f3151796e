package symbolai.mcp.plugins.local.projects;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import symbolai.mcp.plugins.wrangler.WranglerWorker;

/**
 * A Worker of one of the operator's projects.
 *
 * @param folder the project's folder
 */
public record ProjectWorker(Path folder, String name, WranglerWorker worker) {

    /** The id, which stays the same as long as the folder and the name do. */
    public String id() {
        var text = folder + "\n" + name;
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
