package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.plugins.wrangler.StateNames;
import symbolai.mcp.plugins.wrangler.WranglerProject;

/** Reads the operator's projects anew each time, and finds what {@code wrangler dev} left of them. */
final class Projects {

    private static final int MOST_FILES = 1000;
    private static final String ENDING = ".sqlite";

    private final FamilyContext context;
    private final List<Path> paths;

    Projects(FamilyContext context, List<Path> paths) {
        this.context = context;
        this.paths = paths;
    }

    Future<List<WranglerProject>> all() {
        return context.blocking(this::read);
    }

    /** What the projects name of a kind, and the databases of which nobody knows the name. */
    Future<List<Store>> stores(StateNames kind) {
        return context.blocking(() -> find(kind));
    }

    private List<WranglerProject> read() {
        var projects = new ArrayList<WranglerProject>();
        for (var path : paths) {
            try {
                projects.add(WranglerProject.read(path));
            } catch (IOException wrong) {
                context.logger()
                        .atWarn()
                        .addKeyValue("reason", wrong.getMessage())
                        .log("wrangler project not readable");
            }
        }
        return projects;
    }

    private List<Store> find(StateNames kind) throws IOException {
        var found = new ArrayList<Store>();
        for (var project : read()) {
            var folder = project.state().resolve(kind.family()).resolve(kind.objects());
            var known = new HashSet<Path>();
            for (var store : named(kind, project)) {
                var file = folder.resolve(kind.file(store.devId()) + ENDING);
                known.add(file);
                found.add(Files.isRegularFile(file) ? store.keptIn(file) : store);
            }
            if (kind == StateNames.D1) {
                unnamed(folder)
                        .filter(file -> !known.contains(file))
                        .map(Projects::stranger)
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static List<Store> named(StateNames kind, WranglerProject project) {
        return project.workers().stream()
                .flatMap(worker -> switch (kind) {
                    case D1 ->
                        worker.databases().stream().map(binding -> Store.of(kind, binding.devId(), binding.title()));
                    case KV ->
                        worker.namespaces().stream().map(binding -> Store.of(kind, binding.devId(), binding.binding()));
                    case R2 ->
                        worker.buckets().stream().map(binding -> Store.of(kind, binding.devId(), binding.devId()));
                })
                .toList();
    }

    private static Stream<Path> unnamed(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (var files = Files.list(folder)) {
            return files
                    .filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}\\.sqlite"))
                    .limit(MOST_FILES)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** The file's name is a hash of the id, which cannot be undone. */
    private static Store stranger(Path file) {
        var hash = file.getFileName().toString().replace(ENDING, "");
        return Store.of(StateNames.D1, hash, "unnamed-" + hash.substring(0, 8)).keptIn(file);
    }
}
