package symbolai.mcp.server.config;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Collects what the sources give, the weakest first, and what is wrong with it. */
final class Collected {

    private final Map<String, Given> given = new HashMap<>();
    private final Map<String, JsonObject> sections = new TreeMap<>();
    private final Map<String, String> sectionSources = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    void problem(String key, String what, String source) {
        problems.add(key + ": " + what + " (" + source + ")");
    }

    void unknown(String key, String what, List<String> known, String source) {
        var suggestion = Suggestion.of(key, known)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
        problem(key, "unknown " + what + suggestion, source);
    }

    void put(String key, Given value) {
        given.put(key, value);
    }

    /** Puts a value into the section of a plugin; the path begins with the plugin's id. */
    void putSection(List<String> path, Object value, String source) {
        if (path.size() < 2 || path.stream().anyMatch(String::isEmpty)) {
            problem(Settings.PLUGIN_SECTIONS, "must be followed by a plugin's id and a key of the plugin", source);
            return;
        }
        var target = sections.computeIfAbsent(path.get(0), id -> new JsonObject());
        for (var name : path.subList(1, path.size() - 1)) {
            if (!(target.getValue(name) instanceof JsonObject)) {
                target.put(name, new JsonObject());
            }
            target = target.getJsonObject(name);
        }
        target.put(path.get(path.size() - 1), value);
        sectionSources.put(Settings.PLUGIN_SECTIONS + "." + String.join(".", path), source);
    }

    Optional<Given> given(Setting<?> setting) {
        return Optional.ofNullable(given.get(setting.key()));
    }

    Map<String, JsonObject> sections() {
        return sections;
    }

    /** The keys of plugins that were given, with their sources. */
    Map<String, String> sectionSources() {
        return sectionSources;
    }

    List<String> problems() {
        return problems;
    }
}
