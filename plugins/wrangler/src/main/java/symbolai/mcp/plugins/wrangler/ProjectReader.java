package symbolai.mcp.plugins.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Finds in a configuration file what this server needs of it. Keys that it does not know are wrangler's business. */
final class ProjectReader {

    private final Path file;

    ProjectReader(Path file) {
        this.file = file;
    }

    WranglerProject project(JsonNode json) throws IOException {
        var top = new ConfigNode(file, "", json);
        var worker = worker(top, Optional.empty(), top.child("name").text());
        var environments = new LinkedHashMap<String, WranglerWorker>();
        for (var entry : top.child("env").entries().entrySet()) {
            var name = entry.getValue()
                    .child("name")
                    .text()
                    .or(() -> worker.name().map(base -> base + "-" + entry.getKey()));
            environments.put(entry.getKey(), worker(entry.getValue(), Optional.of(top), name));
        }
        return new WranglerProject(file, worker, environments);
    }

    /** Some keys of an environment are taken from the top where they are missing, as wrangler does. */
    private WranglerWorker worker(ConfigNode node, Optional<ConfigNode> top, Optional<String> name) throws IOException {
        return new WranglerWorker(
                name,
                path(inherited(node, top, "main")),
                inherited(node, top, "compatibility_date").text(),
                inherited(node, top, "compatibility_flags").texts(),
                databases(node.child("d1_databases")),
                namespaces(node.child("kv_namespaces")),
                buckets(node.child("r2_buckets")),
                List.copyOf(node.child("vars").entries().keySet()),
                inherited(node, top, "triggers").child("crons").texts(),
                build(inherited(node, top, "build")),
                assets(inherited(node, top, "assets")),
                routes(node, top),
                inherited(node, top, "observability").child("enabled").truth());
    }

    private static ConfigNode inherited(ConfigNode node, Optional<ConfigNode> top, String key) throws IOException {
        var own = node.child(key);
        return own.isThere() || top.isEmpty() ? own : top.get().child(key);
    }

    private static List<D1Binding> databases(ConfigNode node) throws IOException {
        var databases = new ArrayList<D1Binding>();
        for (var item : node.items()) {
            databases.add(new D1Binding(
                    item.child("binding").requiredText(),
                    item.child("database_name").text(),
                    item.child("database_id").text(),
                    item.child("preview_database_id").text()));
        }
        return databases;
    }

    private static List<KvBinding> namespaces(ConfigNode node) throws IOException {
        var namespaces = new ArrayList<KvBinding>();
        for (var item : node.items()) {
            namespaces.add(new KvBinding(
                    item.child("binding").requiredText(),
                    item.child("id").text(),
                    item.child("preview_id").text()));
        }
        return namespaces;
    }

    private static List<R2Binding> buckets(ConfigNode node) throws IOException {
        var buckets = new ArrayList<R2Binding>();
        for (var item : node.items()) {
            buckets.add(new R2Binding(
                    item.child("binding").requiredText(),
                    item.child("bucket_name").text(),
                    item.child("preview_bucket_name").text(),
                    item.child("jurisdiction").text()));
        }
        return buckets;
    }

    private Optional<BuildCommand> build(ConfigNode node) throws IOException {
        var command = node.child("command").text();
        if (command.isEmpty()) {
            return Optional.empty();
        }
        var folder = path(node.child("cwd")).orElse(file.resolveSibling(""));
        var watched = node.child("watch_dir");
        var folders = new ArrayList<Path>();
        for (var text : watched.isText() ? List.of(watched.requiredText()) : watched.texts()) {
            folders.add(path(watched, text));
        }
        return Optional.of(new BuildCommand(command.get(), folder, folders));
    }

    private Optional<Path> assets(ConfigNode node) throws IOException {
        return path(node.isText() ? node : node.child("directory"));
    }

    private static List<String> routes(ConfigNode node, Optional<ConfigNode> top) throws IOException {
        var routes = new ArrayList<String>();
        var one = inherited(node, top, "route");
        if (one.isThere()) {
            routes.add(pattern(one));
        }
        for (var item : inherited(node, top, "routes").items()) {
            routes.add(pattern(item));
        }
        return routes;
    }

    private static String pattern(ConfigNode node) throws IOException {
        return node.isText() ? node.requiredText() : node.child("pattern").requiredText();
    }

    private Optional<Path> path(ConfigNode node) throws IOException {
        var text = node.text();
        return text.isEmpty() ? Optional.empty() : Optional.of(path(node, text.get()));
    }

    private Path path(ConfigNode node, String text) throws IOException {
        try {
            return file.resolveSibling(text).normalize();
        } catch (InvalidPathException wrong) {
            throw node.wrong("no path on this system");
        }
    }
}
