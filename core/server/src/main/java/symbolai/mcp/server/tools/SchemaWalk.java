package symbolai.mcp.server.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks through all schemas inside a schema, and along its references, to see how much work it can make. */
final class SchemaWalk {
    /** Keywords whose value is a schema, a list of schemas, or an object of schemas. */
    private static final Set<String> ONE = Set.of(
            "items",
            "additionalProperties",
            "unevaluatedItems",
            "unevaluatedProperties",
            "contains",
            "not",
            "if",
            "then",
            "else",
            "propertyNames",
            "contentSchema");

    private static final Set<String> LIST = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> MAP =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

    private static final long MOST_SCHEMAS = 20_000;
    private static final int DEEPEST = 64;
    private static final long UNDER_WAY = -1;

    private final JsonNode root;
    private final Map<String, JsonNode> anchors = new HashMap<>();
    private final IdentityHashMap<JsonNode, Long> sizes = new IdentityHashMap<>();
    private final Set<String> problems = new LinkedHashSet<>();

    SchemaWalk(JsonNode root) {
        this.root = root;
    }

    int count(String keyword) {
        int count = root.has(keyword) ? 1 : 0;
        for (var schema : inside(root)) {
            count += new SchemaWalk(schema).count(keyword);
        }
        return count;
    }

    List<String> problems() {
        collectAnchors(root);
        long size = size(root, 0);
        if (size > MOST_SCHEMAS) {
            problems.add("with its references written out it has more than " + MOST_SCHEMAS + " schemas");
        }
        return List.copyOf(problems);
    }

    private void collectAnchors(JsonNode schema) {
        if (schema.path("$anchor").isTextual()) {
            anchors.put(schema.path("$anchor").textValue(), schema);
        }
        inside(schema).forEach(this::collectAnchors);
    }

    /** How many schemas there are when every reference is written out. */
    private long size(JsonNode schema, int depth) {
        var known = sizes.get(schema);
        if (known != null && known == UNDER_WAY) {
            problems.add("it refers to itself; write out the levels that are needed");
            return 1;
        }
        if (known != null) {
            return known;
        }
        if (depth > DEEPEST) {
            problems.add("with its references written out it is nested deeper than " + DEEPEST + " levels");
            return 1;
        }
        sizes.put(schema, UNDER_WAY);
        check(schema, depth > 0);
        long size = 1;
        for (var inner : inside(schema)) {
            size += size(inner, depth + 1);
        }
        var target = target(schema);
        if (target.isPresent()) {
            size += size(target.get(), depth + 1);
        }
        size = Math.min(size, MOST_SCHEMAS + 1);
        sizes.put(schema, size);
        return size;
    }

    private void check(JsonNode schema, boolean inner) {
        if (schema.has("$dynamicRef") || schema.has("$dynamicAnchor")) {
            problems.add("$dynamicRef and $dynamicAnchor are not allowed; use $ref");
        }
        if (inner && schema.has("$id")) {
            problems.add("$id is allowed at the root only");
        }
        SchemaRules.dialectProblem(schema).ifPresent(problems::add);
        if (schema.path("pattern").isTextual()) {
            pattern(schema.path("pattern").textValue());
        }
        schema.path("patternProperties").fieldNames().forEachRemaining(this::pattern);
    }

    private void pattern(String pattern) {
        LinearPattern.problem(pattern)
                .ifPresent(problem -> problems.add("the pattern " + Shown.text(pattern) + " " + problem));
    }

    private Optional<JsonNode> target(JsonNode schema) {
        if (!schema.path("$ref").isTextual()) {
            return Optional.empty();
        }
        var reference = schema.path("$ref").textValue();
        if (!reference.startsWith("#")) {
            problems.add("$ref " + Shown.text(reference)
                    + " leads out of the schema; only references that begin with # are allowed");
            return Optional.empty();
        }
        var target = resolve(reference.substring(1));
        if (target.isEmpty()) {
            problems.add("$ref " + Shown.text(reference) + " leads nowhere");
        }
        return target;
    }

    private Optional<JsonNode> resolve(String fragment) {
        if (fragment.isEmpty()) {
            return Optional.of(root);
        }
        if (!fragment.startsWith("/")) {
            return Optional.ofNullable(anchors.get(fragment));
        }
        var node = root;
        for (var step : fragment.substring(1).split("/", -1)) {
            var name = decoded(step).replace("~1", "/").replace("~0", "~");
            node = node.isArray() && name.matches("\\d{1,6}") ? node.path(Integer.parseInt(name)) : node.path(name);
        }
        return node.isObject() || node.isBoolean() ? Optional.of(node) : Optional.empty();
    }

    private static String decoded(String step) {
        try {
            return URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return step;
        }
    }

    /** The schemas directly inside this one. */
    private static List<JsonNode> inside(JsonNode schema) {
        var inside = new ArrayList<JsonNode>();
        schema.properties().forEach(keyword -> {
            var value = keyword.getValue();
            if (ONE.contains(keyword.getKey()) && value.isObject()) {
                inside.add(value);
            } else if ((LIST.contains(keyword.getKey()) && value.isArray())
                    || (MAP.contains(keyword.getKey()) && value.isObject())) {
                value.forEach(inner -> addObject(inside, inner));
            }
        });
        return inside;
    }

    private static void addObject(List<JsonNode> inside, JsonNode inner) {
        if (inner.isObject()) {
            inside.add(inner);
        }
    }
}
