package symbolai.mcp.server.tools;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;

/** Finds what is wrong with a family before anybody sees it. */
public final class FamilyCheck {
    private final ToolRules toolRules = new ToolRules();
    private final RestRules restRules = new RestRules();
    private final ReadingRules readingRules = new ReadingRules();

    /** What is wrong with the candidate, given what the other plugins offer; it may be published when no finding is an error. */
    public List<Finding> check(Family candidate, Catalog current) {
        var findings = new ArrayList<Finding>();
        candidate.tools().forEach(tool -> findings.addAll(toolRules.check(candidate.plugin(), tool)));
        candidate.tools().forEach(tool -> findings.addAll(restRules.check(candidate.plugin(), tool)));
        candidate.prompts().forEach(prompt -> findings.addAll(readingRules.check(prompt)));
        candidate.resources().forEach(resource -> findings.addAll(readingRules.check(resource)));
        candidate.resourceTemplates().forEach(template -> findings.addAll(readingRules.check(template)));
        findings.addAll(readingRules.tools(candidate));
        var others = current.families().stream()
                .filter(family -> !family.plugin().equals(candidate.plugin()))
                .toList();
        findings.addAll(
                same("tool", candidate, others, family -> names(family.tools(), Tool::name), FamilyCheck::blurred));
        findings.addAll(same("REST binding", candidate, others, FamilyCheck::addresses, address -> address));
        findings.addAll(
                same("prompt", candidate, others, family -> names(family.prompts(), Prompt::name), name -> name));
        findings.addAll(
                same("resource", candidate, others, family -> names(family.resources(), Resource::uri), uri -> uri));
        findings.addAll(same(
                "resource template",
                candidate,
                others,
                family -> names(family.resourceTemplates(), ResourceTemplate::uriTemplate),
                template -> template));
        return List.copyOf(findings);
    }

    private static List<String> addresses(Family family) {
        return family.tools().stream()
                .flatMap(tool -> tool.rest().stream())
                .map(RestRules::address)
                .toList();
    }

    private static <T> List<String> names(List<T> things, Function<T, String> name) {
        return things.stream().map(name).toList();
    }

    /** What a hurried reader sees of a name: two tools that look alike are one too many. */
    private static String blurred(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replace('-', '_')
                .replace('.', '_')
                .replace('i', '1')
                .replace('l', '1')
                .replace('o', '0');
    }

    private static List<Finding> same(
            String kind,
            Family candidate,
            List<Family> others,
            Function<Family, List<String>> names,
            Function<String, String> face) {
        var findings = new ArrayList<Finding>();
        var owners = new HashMap<String, String>();
        var originals = new HashMap<String, String>();
        Stream.concat(others.stream(), Stream.of(candidate))
                .forEach(family -> names.apply(family).forEach(name -> {
                    var before = owners.putIfAbsent(face.apply(name), family.plugin());
                    var original = originals.putIfAbsent(face.apply(name), name);
                    if (before != null && original != null && family.plugin().equals(candidate.plugin())) {
                        findings.add(Finding.error(clash(kind, name, original, before, candidate)));
                    }
                }));
        return findings;
    }

    private static String clash(String kind, String name, String original, String owner, Family candidate) {
        var who = owner.equals(candidate.plugin()) ? "this plugin" : "the plugin " + owner;
        var how = name.equals(original) ? "" : " as '" + original + "', which looks the same";
        return "the " + kind + " '" + Shown.plain(name) + "' is already offered by " + who + how;
    }
}
