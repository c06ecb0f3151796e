package symbolai.mcp.plugins.local.observability;

import java.util.List;
import java.util.regex.Pattern;
import symbolai.mcp.api.ToolException;

/**
 * A field of an event.
 *
 * @param path as SQLite writes it, such as {@code $."$metadata"."service"}
 */
record FieldPath(String path) {

    static final String VALUE = "json_extract(document, ?)";
    static final String TYPE = "json_type(document, ?)";

    private static final Pattern PART = Pattern.compile("[^\"\\\\\\p{Cntrl}]{1,100}");
    private static final int MOST_PARTS = 8;

    /** From a key such as {@code $metadata.service}. */
    static FieldPath of(String key) {
        var parts = List.of(key.split("\\.", -1));
        if (parts.size() > MOST_PARTS
                || !parts.stream().allMatch(part -> PART.matcher(part).matches())) {
            throw new ToolException(
                    ToolException.Reason.INVALID,
                    "a key is a path of names with dots between, such as $metadata.service or $workers.outcome");
        }
        return new FieldPath("$"
                + String.join(
                        "", parts.stream().map(part -> ".\"" + part + "\"").toList()));
    }

    Condition isNumber() {
        return Condition.of(TYPE + " IN ('integer', 'real')", path);
    }

    Condition exists() {
        return Condition.of("coalesce(" + TYPE + ", 'null') <> 'null'", path);
    }

    /** The field as a text: of a boolean, its word. */
    Condition text() {
        return Condition.of(
                "CASE " + TYPE + " WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(" + VALUE
                        + " AS TEXT) END",
                path,
                path);
    }
}
