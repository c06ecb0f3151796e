package symbolai.mcp.server.rest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.server.tools.Catalog;

/** Finds the tool of a path and a method in one catalog. Never changes. */
final class RestIndex {

    private final Catalog catalog;
    private final Map<String, Map<RestBinding.Method, RestTool>> paths = new TreeMap<>();

    RestIndex(Catalog catalog) {
        this.catalog = catalog;
        for (var tool : catalog.tools()) {
            tool.rest().ifPresent(binding -> add(new RestTool(tool, binding)));
        }
    }

    private void add(RestTool tool) {
        paths.computeIfAbsent(tool.binding().path(), path -> new EnumMap<>(RestBinding.Method.class))
                .putIfAbsent(tool.binding().method(), tool);
    }

    boolean isOf(Catalog other) {
        return catalog == other;
    }

    /** The tool of the path for the method. */
    Optional<RestTool> find(String method, String path) {
        return paths.getOrDefault(path, Map.of()).entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(method))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The methods of the path; empty when there is no such path. */
    List<String> methods(String path) {
        return paths.getOrDefault(path, Map.of()).keySet().stream()
                .map(Enum::name)
                .toList();
    }

    /** All tools, by path and method. */
    List<RestTool> tools() {
        var all = new ArrayList<RestTool>();
        paths.values().forEach(methods -> all.addAll(methods.values()));
        return all;
    }
}
