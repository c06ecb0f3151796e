package symbolai.mcp.server.tools;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.ResourceHandler;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;
import symbolai.mcp.server.connections.Lease;

/** All that the loaded plugins offer at one moment, in the order of the plugins' ids and then in each family's own. Never changes. */
public final class Catalog {
    static final Catalog EMPTY = new Catalog(Map.of(), 0);

    private record LoadedTemplate(UriTemplate uris, Entry<ResourceTemplate> entry) {}

    private final Map<String, LoadedFamily> families;
    private final long revision;
    private final Map<String, LoadedTool> tools = new LinkedHashMap<>();
    private final Map<String, Entry<Resource>> resources = new LinkedHashMap<>();
    private final Map<String, LoadedTemplate> templates = new LinkedHashMap<>();
    private final Map<String, Entry<Prompt>> prompts = new LinkedHashMap<>();

    private Catalog(Map<String, LoadedFamily> families, long revision) {
        this.families = families;
        this.revision = revision;
        families.values().forEach(this::add);
    }

    private void add(LoadedFamily loaded) {
        var family = loaded.family();
        loaded.tools().forEach(tool -> put(tools, "tool", tool.entry().value().name(), tool));
        family.resources().forEach(it -> put(resources, "resource", it.uri(), entry(family, it)));
        family.resourceTemplates()
                .forEach(it -> put(templates, "resource template", it.uriTemplate(), template(family, it)));
        family.prompts().forEach(it -> put(prompts, "prompt", it.name(), entry(family, it)));
    }

    private static LoadedTemplate template(Family family, ResourceTemplate template) {
        return new LoadedTemplate(UriTemplate.parse(template.uriTemplate()), entry(family, template));
    }

    private static <T> Entry<T> entry(Family family, T value) {
        return new Entry<>(family.plugin(), value, family.lease());
    }

    private static <T> void put(Map<String, T> map, String kind, String name, T value) {
        if (map.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("two plugins offer the " + kind + " '" + name + "'");
        }
    }

    /** This catalog with the family in place of the plugin's former one. */
    Catalog with(Family family) {
        var changed = new TreeMap<>(families);
        changed.put(family.plugin(), LoadedFamily.of(family));
        return new Catalog(changed, revision + 1);
    }

    /** This catalog without the plugin's family, if the lease is that family's. */
    Catalog without(String plugin, Lease lease) {
        var loaded = families.get(plugin);
        if (loaded == null || loaded.family().lease() != lease) {
            return this;
        }
        var changed = new TreeMap<>(families);
        changed.remove(plugin);
        return new Catalog(changed, revision + 1);
    }

    /** The tool of this name. */
    public Optional<Entry<Tool>> tool(String name) {
        return loadedTool(name).map(LoadedTool::entry);
    }

    Optional<LoadedTool> loadedTool(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    /** All tools. */
    public List<Tool> tools() {
        return values(tools.values(), tool -> tool.entry().value());
    }

    /** Who reads this URI: the fixed resource, or else the first template that matches. */
    public Optional<ResourceMatch> resource(String uri) {
        var fixed = resources.get(uri);
        if (fixed != null) {
            return Optional.of(new ResourceMatch(
                    handler(fixed, fixed.value().handler()), fixed.value().tool(), Map.of()));
        }
        for (var template : templates.values()) {
            var variables = template.uris().match(uri);
            if (variables.isPresent()) {
                var entry = template.entry();
                return Optional.of(new ResourceMatch(
                        handler(entry, entry.value().handler()), entry.value().tool(), variables.get()));
            }
        }
        return Optional.empty();
    }

    private static Entry<ResourceHandler> handler(Entry<?> entry, ResourceHandler handler) {
        return new Entry<>(entry.plugin(), handler, entry.lease());
    }

    /** All resources with a fixed URI. */
    public List<Resource> resources() {
        return values(resources.values(), Entry::value);
    }

    Optional<Entry<Resource>> fixedResource(String uri) {
        return Optional.ofNullable(resources.get(uri));
    }

    /** The template of exactly this text. */
    public Optional<Entry<ResourceTemplate>> resourceTemplate(String uriTemplate) {
        return Optional.ofNullable(templates.get(uriTemplate)).map(LoadedTemplate::entry);
    }

    /** All resource templates. */
    public List<ResourceTemplate> resourceTemplates() {
        return values(templates.values(), template -> template.entry().value());
    }

    /** The prompt of this name. */
    public Optional<Entry<Prompt>> prompt(String name) {
        return Optional.ofNullable(prompts.get(name));
    }

    /** All prompts. */
    public List<Prompt> prompts() {
        return values(prompts.values(), Entry::value);
    }

    /** The families, in the order of their plugins' ids. */
    public List<Family> families() {
        return values(families.values(), LoadedFamily::family);
    }

    /** The family of one plugin. */
    public Optional<Family> family(String plugin) {
        return Optional.ofNullable(families.get(plugin)).map(LoadedFamily::family);
    }

    /** Goes up by one with each change. */
    public long revision() {
        return revision;
    }

    private static <S, T> List<T> values(Collection<S> source, Function<S, T> value) {
        var values = new ArrayList<T>(source.size());
        source.forEach(it -> values.add(value.apply(it)));
        return List.copyOf(values);
    }
}
