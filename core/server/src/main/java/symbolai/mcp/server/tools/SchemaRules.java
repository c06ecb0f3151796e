package symbolai.mcp.server.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of a schema: valid JSON Schema 2020-12 that fetches nothing, and that no argument makes run for long. */
final class SchemaRules {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final int LONGEST = 256 * 1024;
    private static final int DEEPEST = 64;

    private @Nullable CompiledSchema metaSchema;

    /** What is wrong with the schema; empty when it is fine. */
    List<String> check(JsonObject schema) {
        if (deeper(schema, DEEPEST)) {
            return List.of("it is nested deeper than " + DEEPEST + " levels");
        }
        var node = JsonNodes.of(schema);
        int length = schema.encode().length();
        if (length > LONGEST) {
            return List.of("it has " + length + " characters; at most " + LONGEST + " are allowed");
        }
        var dialect = dialectProblem(node);
        if (dialect.isPresent()) {
            return List.of(dialect.get());
        }
        var problems = new ArrayList<>(metaSchema().problems(schema));
        if (problems.isEmpty()) {
            problems.addAll(new SchemaWalk(node).problems());
        }
        return problems;
    }

    /** Why the schema's own dialect is refused; empty when it names none or the one that is known. */
    static Optional<String> dialectProblem(JsonNode schema) {
        var dialect = schema.path("$schema");
        return dialect.isMissingNode() || DIALECT.equals(withoutHash(dialect.asText()))
                ? Optional.empty()
                : Optional.of("$schema is " + Shown.value(dialect) + "; only " + DIALECT + " is known");
    }

    private static String withoutHash(String uri) {
        return uri.endsWith("#") ? uri.substring(0, uri.length() - 1) : uri;
    }

    private synchronized CompiledSchema metaSchema() {
        var compiled = metaSchema;
        if (compiled == null) {
            compiled = CompiledSchema.metaSchema();
            metaSchema = compiled;
        }
        return compiled;
    }

    private static boolean deeper(@Nullable Object value, int levels) {
        if (value instanceof JsonObject object) {
            return deeper(object.getMap().values(), levels);
        }
        if (value instanceof JsonArray array) {
            return deeper(array.getList(), levels);
        }
        if (value instanceof Map<?, ?> map) {
            return deeper(map.values(), levels);
        }
        return value instanceof Collection<?> inner && deeper(inner, levels);
    }

    private static boolean deeper(Collection<?> inner, int levels) {
        return levels == 0 || inner.stream().anyMatch(value -> deeper(value, levels - 1));
    }

    /** How often a keyword stands in any schema inside this one. */
    static int count(JsonObject schema, String keyword) {
        return new SchemaWalk(JsonNodes.of(schema)).count(keyword);
    }
}
