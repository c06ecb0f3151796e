package symbolai.mcp.plugins.local.workers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.projects.ProjectWorker;
import symbolai.mcp.plugins.local.store.Payload;

/** The file that a project's Worker begins in; reading it blocks. */
record MainFile(ProjectWorker project) {

    private static final int MOST_BYTES = 10 << 20;

    JsonObject code(int most) throws IOException {
        var file = path();
        var name = file.getFileName().toString();
        var size = Files.size(file);
        var json = new JsonObject().put("mainModule", name).put("truncated", size > most);
        if (size > Math.min(most, MOST_BYTES)) {
            return json.put("truncated", true).put("modules", new JsonArray());
        }
        var module = new JsonObject().put("name", name).put("contentType", WorkerModule.typeOf(name));
        return json.put("modules", new JsonArray().add(Payload.write(module, Files.readAllBytes(file))));
    }

    /** Only a file inside the project is shown, links followed. */
    private Path path() throws IOException {
        var main = project.worker().main().orElseThrow(() -> missing("it names no main file"));
        try {
            var file = project.folder().resolve(main).toRealPath();
            if (!file.startsWith(project.folder().toRealPath()) || !Files.isRegularFile(file)) {
                throw missing("its main file lies outside of its folder");
            }
            return file;
        } catch (NoSuchFileException absent) {
            throw missing("its main file is not there; it may have to be built first");
        }
    }

    private ToolException missing(String why) {
        return new ToolException(
                ToolException.Reason.NOT_FOUND,
                "the project of the Worker " + project.name() + " has no code to show: " + why);
    }
}
