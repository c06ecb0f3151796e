package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import symbolai.mcp.api.Icon;
import symbolai.mcp.api.Tool;

/** The rules of one tool: what the specification forbids is an error, what some clients cannot take is a warning. */
final class ToolRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
    private static final int COMFORTABLE_NAME = 40;
    private static final List<String> COMPOSITION = List.of("oneOf", "anyOf", "allOf");

    private final SchemaRules schemaRules = new SchemaRules();

    List<Finding> check(String plugin, Tool tool) {
        var findings = new ArrayList<Finding>();
        var name = "tool '" + Shown.plain(tool.name()) + "'";
        findings.addAll(name(plugin, tool, name));
        if (tool.description().isBlank()) {
            findings.add(Finding.error(name + " has no description; say when a model should use it"));
        }
        if (Shown.hasHidden(tool.description()) || Shown.hasHidden(tool.title())) {
            findings.add(Finding.warning(name + " has invisible characters in its title or description"));
        }
        findings.addAll(input(tool.inputSchema(), name));
        findings.addAll(dryRun(tool, name));
        tool.outputSchema().ifPresent(schema -> findings.addAll(output(schema, name)));
        findings.addAll(icons(tool.icons(), name));
        return findings;
    }

    private static List<Finding> name(String plugin, Tool tool, String name) {
        var findings = new ArrayList<Finding>();
        if (!NAME.matcher(tool.name()).matches()) {
            findings.add(Finding.error(name + ": a name has 1 to 128 characters of A-Z a-z 0-9 _ . -"));
        }
        if (tool.name().length() > COMFORTABLE_NAME) {
            findings.add(Finding.warning(name + ": the name has " + tool.name().length()
                    + " characters; some clients take " + COMFORTABLE_NAME + " only"));
        }
        if (!plain(tool.name()).startsWith(plain(plugin))) {
            findings.add(Finding.warning(name + ": the name does not begin with the plugin's id '" + plugin + "'"));
        }
        return findings;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    private List<Finding> input(JsonObject schema, String name) {
        var wrong = schemaRules.check(schema);
        var findings =
                new ArrayList<>(errors(name + ": input schema", wrong.isEmpty() ? HeaderRules.check(schema) : wrong));
        if (!"object".equals(schema.getValue("type"))) {
            findings.add(Finding.error(name + ": input schema: the root has the type "
                    + Shown.value(JsonNodes.of(schema.getValue("type"))) + "; it must be 'object'"));
        }
        COMPOSITION.stream()
                .filter(schema::containsKey)
                .forEach(keyword -> findings.add(Finding.warning(name + ": input schema: " + keyword
                        + " at the root makes some clients drop the tool or the whole request")));
        return findings;
    }

    private static List<Finding> dryRun(Tool tool, String name) {
        boolean tells = tool.inputSchema().getValue("properties") instanceof JsonObject properties
                && properties.getValue(Tool.DRY_RUN) instanceof JsonObject argument
                && "boolean".equals(argument.getValue("type"));
        return !tool.dryRun() || tells
                ? List.of()
                : List.of(Finding.error(
                        name + " first tells what it would change, and has no argument dryRun that is a boolean"));
    }

    private List<Finding> output(JsonObject schema, String name) {
        var findings = new ArrayList<>(errors(name + ": output schema", schemaRules.check(schema)));
        if (!"object".equals(schema.getValue("type"))) {
            findings.add(Finding.warning(
                    name + ": output schema: the root is not an object, so clients before 2026-07-28 see it wrapped"));
        }
        return findings;
    }

    private static List<Finding> errors(String where, List<String> problems) {
        return problems.stream()
                .map(problem -> Finding.error(where + ": " + problem))
                .toList();
    }

    static List<Finding> icons(List<Icon> icons, String name) {
        return icons.stream()
                .filter(icon ->
                        !icon.src().startsWith("https://") && !icon.src().startsWith("data:"))
                .map(icon ->
                        Finding.error(name + ": the icon " + Shown.text(icon.src()) + " is not an https or data URI"))
                .toList();
    }
}
