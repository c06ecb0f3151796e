package symbolai.mcp.server.tools;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;

/** The rules of prompts, resources and templates. */
final class ReadingRules {
    private static final int LONGEST_NAME = 128;
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,40}:.+", Pattern.DOTALL);

    List<Finding> check(Prompt prompt) {
        var who = "prompt '" + Shown.plain(prompt.name()) + "'";
        var findings = new ArrayList<>(named(who, prompt.name(), prompt.description()));
        var names = new HashSet<String>();
        for (var argument : prompt.arguments()) {
            if (argument.name().isBlank()) {
                findings.add(Finding.error(who + " has an argument without a name"));
            }
            if (!names.add(argument.name())) {
                findings.add(Finding.error(who + " has the argument '" + Shown.plain(argument.name()) + "' twice"));
            }
        }
        findings.addAll(completers(who, prompt.completers().keySet(), List.copyOf(names)));
        findings.addAll(ToolRules.icons(prompt.icons(), who));
        return findings;
    }

    List<Finding> check(Resource resource) {
        var who = "resource '" + Shown.plain(resource.uri()) + "'";
        var findings = new ArrayList<>(named(who, resource.name(), resource.description()));
        if (!isUri(resource.uri())) {
            findings.add(Finding.error(who + ": this is not an absolute URI, such as d1://northwind/schema"));
        }
        findings.addAll(ToolRules.icons(resource.icons(), who));
        return findings;
    }

    List<Finding> check(ResourceTemplate template) {
        var who = "resource template '" + Shown.plain(template.uriTemplate()) + "'";
        var findings = new ArrayList<>(named(who, template.name(), template.description()));
        if (!SCHEME.matcher(template.uriTemplate()).matches()) {
            findings.add(Finding.error(who + ": this has no scheme, such as d1: in d1://{database}/schema"));
        }
        var variables = variables(template, who, findings);
        variables.ifPresent(
                known -> findings.addAll(completers(who, template.completers().keySet(), known)));
        findings.addAll(ToolRules.icons(template.icons(), who));
        return findings;
    }

    /** Whether the tools that are said to show the same are there, and only read. */
    List<Finding> tools(Family family) {
        var readers = family.tools().stream()
                .filter(tool -> tool.annotations().readOnly())
                .map(Tool::name)
                .toList();
        var named = Stream.of(
                        family.prompts().stream().map(Prompt::tool),
                        family.resources().stream().map(Resource::tool),
                        family.resourceTemplates().stream().map(ResourceTemplate::tool))
                .flatMap(all -> all.flatMap(Optional::stream));
        return named.filter(name -> !readers.contains(name))
                .distinct()
                .map(name -> Finding.error("what is read like the tool '" + Shown.plain(name)
                        + "' needs one of this plugin that only reads" + KnownNames.hint(name, readers)))
                .toList();
    }

    private static Optional<List<String>> variables(ResourceTemplate template, String who, List<Finding> findings) {
        try {
            return Optional.of(UriTemplate.parse(template.uriTemplate()).variables());
        } catch (IllegalArgumentException wrong) {
            findings.add(Finding.error(who + ": " + wrong.getMessage()));
            return Optional.empty();
        }
    }

    private static boolean isUri(String uri) {
        try {
            return URI.create(uri).isAbsolute();
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }

    private static List<Finding> named(String who, String name, String description) {
        var findings = new ArrayList<Finding>();
        if (name.isBlank() || name.length() > LONGEST_NAME || Shown.hasHidden(name)) {
            findings.add(Finding.error(who + ": a name has 1 to " + LONGEST_NAME + " visible characters"));
        }
        if (description.isBlank()) {
            findings.add(Finding.error(who + " has no description"));
        }
        if (Shown.hasHidden(description)) {
            findings.add(Finding.warning(who + " has invisible characters in its description"));
        }
        return findings;
    }

    private static List<Finding> completers(String who, Set<String> names, List<String> known) {
        return names.stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .map(name -> Finding.error(who + " has a completer for '" + Shown.plain(name) + "', which is not known"
                        + KnownNames.hint(name, known)))
                .toList();
    }
}
