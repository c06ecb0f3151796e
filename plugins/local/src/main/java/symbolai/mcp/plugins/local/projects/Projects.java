package symbolai.mcp.plugins.local.projects;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.plugins.wrangler.WranglerProject;

/** The operator's projects, read anew each time: they change under our hands. */
public final class Projects {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    private final FamilyContext context;
    private final List<Path> folders;

    public Projects(FamilyContext context, List<Path> folders) {
        this.context = context;
        this.folders = List.copyOf(folders);
    }

    /** The Workers that have a name; the first of a name counts. A project that cannot be read is left out, and the log says why. */
    public Future<List<ProjectWorker>> workers() {
        return folders.isEmpty() ? Future.succeededFuture(List.of()) : context.blocking(this::read);
    }

    /** The Worker of that name. */
    public Future<Optional<ProjectWorker>> find(String name) {
        return workers()
                .map(workers -> workers.stream()
                        .filter(worker -> worker.name().equals(name))
                        .findFirst());
    }

    private List<ProjectWorker> read() {
        Map<String, ProjectWorker> workers = new LinkedHashMap<>();
        for (var folder : folders) {
            try {
                add(WranglerProject.read(folder), workers);
            } catch (IOException unreadable) {
                context.logger()
                        .atWarn()
                        .addKeyValue("reason", unreadable.getMessage())
                        .log("a wrangler project cannot be read");
            }
        }
        return List.copyOf(workers.values());
    }

    private static void add(WranglerProject project, Map<String, ProjectWorker> workers) {
        var folder = project.folder();
        project.workers()
                .forEach(worker -> worker.name()
                        .filter(name -> NAME.matcher(name).matches())
                        .ifPresent(name -> workers.putIfAbsent(name, new ProjectWorker(folder, name, worker))));
    }
}
