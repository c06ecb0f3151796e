package symbolai.mcp.plugins.wrangler;

import java.nio.file.Path;
import java.util.List;

/**
 * The command that a project runs before its Worker is bundled.
 *
 * @param command a line for the shell
 * @param folder where it runs
 * @param watched the folders whose changes make {@code wrangler dev} run it again
 */
public record BuildCommand(String command, Path folder, List<Path> watched) {

    public BuildCommand {
        watched = List.copyOf(watched);
    }
}
