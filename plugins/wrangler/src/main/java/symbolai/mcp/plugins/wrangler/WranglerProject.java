package symbolai.mcp.plugins.wrangler;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A wrangler project, as its configuration file describes it. Reading it runs nothing.
 *
 * @param file the configuration file
 * @param worker the Worker outside every environment
 * @param environments the Worker in each environment, by the environment's name
 */
public record WranglerProject(Path file, WranglerWorker worker, Map<String, WranglerWorker> environments) {

    public WranglerProject {
        environments = Map.copyOf(environments);
    }

    /**
     * Reads the project in a folder, or the one that a configuration file describes. Blocks while it reads.
     *
     * @throws WranglerFileException when the file is no configuration of wrangler; the message names the file, and the line or the key
     * @throws IOException when there is no such file, or it cannot be read
     */
    public static WranglerProject read(Path folderOrFile) throws IOException {
        var file = WranglerFile.find(folderOrFile);
        return new ProjectReader(file.path()).project(file.parse());
    }

    /** The project's folder. */
    public Path folder() {
        return file.resolveSibling("");
    }

    /** Where {@code wrangler dev} keeps what Workers store, unless it is told another place. */
    public Path state() {
        return folder().resolve(".wrangler").resolve("state").resolve("v3");
    }

    /** The Worker outside every environment, then those of the environments by name. */
    public List<WranglerWorker> workers() {
        var workers = new ArrayList<WranglerWorker>();
        workers.add(worker);
        environments.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .forEach(workers::add);
        return workers;
    }
}
