package symbolai.mcp.testkit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Tool;

/**
 * The tables of {@code docs/tools.md}, made from the tools themselves. A family's table stands between two comments; a test of the family
 * verifies it, and writes it anew when the system property {@code tools.page} is {@code write}.
 */
public final class ToolsPage {

    private static final String HEAD = """
            | tool | what it does | arguments | permission | REST below `/api/mcp/` | command: `symbolai-mcp tool call …` |
            |---|---|---|---|---|---|
            """;

    private final Path file;

    private ToolsPage(Path file) {
        this.file = file;
    }

    /** The page below the folder that the system property {@code project.root} names. */
    public static ToolsPage open() {
        return new ToolsPage(Path.of(System.getProperty("project.root"), "docs", "tools.md"));
    }

    /** Fails when the family's table is not the one that its tools make. */
    public void verify(String family, List<Tool> tools) {
        try {
            var page = Files.readString(file);
            var wanted = page(family, page, table(tools));
            if ("write".equals(System.getProperty("tools.page"))) {
                Files.writeString(file, wanted);
            } else if (!wanted.equals(page)) {
                throw new AssertionError("docs/tools.md is not what the tools of " + family
                        + " are; run this test with -Dtools.page=write");
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String page(String family, String page, String table) {
        var begin = "<!-- tools of " + family + " -->\n";
        var end = "<!-- end of " + family + " -->";
        var from = page.indexOf(begin);
        var to = page.indexOf(end);
        if (from < 0 || to < from) {
            throw new AssertionError("docs/tools.md needs the lines " + begin + " and " + end);
        }
        return page.substring(0, from + begin.length()) + table + page.substring(to);
    }

    private static String table(List<Tool> tools) {
        return HEAD + tools.stream().map(ToolsPage::row).collect(Collectors.joining());
    }

    private static String row(Tool tool) {
        return "| `%s` | %s%s | %s | %s | %s | %s |\n"
                .formatted(
                        tool.name(),
                        tool.title(),
                        effect(tool),
                        arguments(tool),
                        tool.permission().orElse(""),
                        tool.rest().map(rest -> rest(tool, rest)).orElse(""),
                        command(tool));
    }

    private static String effect(Tool tool) {
        var annotations = tool.annotations();
        return annotations.readOnly() ? "" : annotations.destructive() ? " (destructive)" : " (writes)";
    }

    private static String arguments(Tool tool) {
        return properties(tool).fieldNames().stream()
                .map(name -> "`" + name + (required(tool).contains(name) ? "`" : "`?"))
                .collect(Collectors.joining(", "));
    }

    private static String rest(Tool tool, RestBinding rest) {
        var inQuery = rest.method() == RestBinding.Method.GET || rest.method() == RestBinding.Method.DELETE;
        var parameters = required(tool).stream()
                .map(String.class::cast)
                .map(name -> parameter(rest, name) + "=")
                .collect(Collectors.joining("&"));
        return "`%s %s%s`"
                .formatted(rest.method(), rest.path(), inQuery && !parameters.isEmpty() ? "?" + parameters : "");
    }

    private static String parameter(RestBinding rest, String argument) {
        return rest.names().entrySet().stream()
                .filter(renamed -> renamed.getValue().equals(argument))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(argument);
    }

    private static String command(Tool tool) {
        var options = required(tool).stream()
                .map(String.class::cast)
                .map(name -> " --" + dashed(name) + " …")
                .collect(Collectors.joining());
        return "`" + tool.name() + options + "`";
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static JsonObject properties(Tool tool) {
        return tool.inputSchema().getJsonObject("properties", new JsonObject());
    }

    private static JsonArray required(Tool tool) {
        return tool.inputSchema().getJsonArray("required", new JsonArray());
    }
}
