package symbolai.mcp.server.tools;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON Schema 2020-12, compiled once. It fetches nothing, and its patterns take linear time. */
public final class CompiledSchema {
    private static final int MOST_PROBLEMS = 10;
    /** Keywords that fail because something inside them failed, which says it better. */
    private static final Set<String> ENCLOSING =
            Set.of("allOf", "anyOf", "oneOf", "$ref", "if", "then", "else", "items", "properties");

    private final Schema schema;

    private CompiledSchema(Schema schema) {
        this.schema = schema;
    }

    public static CompiledSchema of(JsonObject schema) {
        return new CompiledSchema(registry().getSchema(JsonNodes.of(schema)));
    }

    /** The schema of schemas. */
    static CompiledSchema metaSchema() {
        return new CompiledSchema(
                registry().getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema")));
    }

    /** A registry of its own for each schema, so that two versions of a plugin may use one {@code $id}, and nothing outlives the plugin. */
    private static SchemaRegistry registry() {
        var config = SchemaRegistryConfig.builder()
                .locale(Locale.ENGLISH)
                .regularExpressionFactory(LinearPattern::compile)
                .build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config));
    }

    /** What is wrong with the value, one line per problem; empty when it matches. */
    public List<String> problems(@Nullable Object value) {
        var errors = schema.validate(JsonNodes.of(value));
        if (errors.isEmpty()) {
            return List.of();
        }
        var telling = errors.stream()
                .filter(error -> !ENCLOSING.contains(keyword(error)))
                .toList();
        var lines = (telling.isEmpty() ? errors : telling)
                .stream()
                        .map(error -> new SchemaProblem(schema.getSchemaNode(), error).line())
                        .distinct()
                        .toList();
        return lines.size() <= MOST_PROBLEMS ? lines : cut(lines);
    }

    private static String keyword(Error error) {
        return String.valueOf(error.getKeyword());
    }

    private static List<String> cut(List<String> lines) {
        var cut = new ArrayList<>(lines.subList(0, MOST_PROBLEMS));
        cut.add("and " + (lines.size() - MOST_PROBLEMS) + " more");
        return List.copyOf(cut);
    }
}
