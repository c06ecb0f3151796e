package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of {@code x-mcp-header}: clients drop a tool that breaks one. */
final class HeaderRules {
    static final String KEYWORD = "x-mcp-header";
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final Set<String> TYPES = Set.of("string", "integer", "boolean");
    private static final int DEEPEST = 32;

    private HeaderRules() {}

    static List<String> check(JsonObject schema) {
        var problems = new ArrayList<String>();
        var seen = new HashSet<String>();
        if (schema.containsKey(KEYWORD)) {
            problems.add(KEYWORD + " at the root; it belongs to a property");
        }
        int reached = properties("", schema, problems, seen, 0);
        int all = SchemaRules.count(schema, KEYWORD) - (schema.containsKey(KEYWORD) ? 1 : 0);
        if (all > reached) {
            problems.add(KEYWORD + " stands where it is not reached through properties alone");
        }
        return problems;
    }

    /** Checks the headers that the chain of properties reaches; how many there are. */
    private static int properties(String path, JsonObject schema, List<String> problems, Set<String> seen, int depth) {
        int reached = 0;
        if (depth > DEEPEST || !(schema.getValue("properties") instanceof JsonObject properties)) {
            return reached;
        }
        for (var name : properties.fieldNames()) {
            if (properties.getValue(name) instanceof JsonObject property) {
                var where = path.isEmpty() ? name : path + "." + name;
                if (property.containsKey(KEYWORD)) {
                    reached++;
                    header(Shown.plain(where), property, problems, seen);
                }
                reached += properties(where, property, problems, seen, depth + 1);
            }
        }
        return reached;
    }

    private static void header(String where, JsonObject property, List<String> problems, Set<String> seen) {
        var value = property.getValue(KEYWORD);
        var shown = Shown.value(JsonNodes.of(value));
        if (!(value instanceof String header) || !TOKEN.matcher(header).matches()) {
            problems.add(where + ": " + KEYWORD + " " + shown
                    + " is not a header name of letters, digits and !#$%&'*+-.^_`|~");
        } else if (!seen.add(header.toLowerCase(Locale.ROOT))) {
            problems.add(where + ": " + KEYWORD + " " + shown + " is used twice");
        }
        if (!(property.getValue("type") instanceof String type) || !TYPES.contains(type)) {
            problems.add(where + ": " + KEYWORD + " is for the types string, integer and boolean, not "
                    + Shown.value(JsonNodes.of(property.getValue("type"))));
        }
    }
}
