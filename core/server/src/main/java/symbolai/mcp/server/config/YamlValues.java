package symbolai.mcp.server.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns YAML into JSON, for the sections of plugins. */
final class YamlValues {

    private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,18}");

    private final Collected collected;
    private final Function<Node, String> source;

    YamlValues(Collected collected, Function<Node, String> source) {
        this.collected = collected;
        this.source = source;
    }

    /** A name with a value of a section. */
    record Entry(String name, Node value) {}

    List<Entry> entries(String key, Node node) {
        var entries = new ArrayList<Entry>();
        if (!(node instanceof MappingNode mapping) || node.getAnchor() != null) {
            collected.problem(key, "must be a section of keys and values", source.apply(node));
            return entries;
        }
        for (var tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode name) {
                entries.add(new Entry(name.getValue(), tuple.getValueNode()));
            } else {
                collected.problem(key, "has a key that is not a text", source.apply(tuple.getKeyNode()));
            }
        }
        return entries;
    }

    /** The value; empty for null, and for what was found wrong. An anchor could stand for a value without end. */
    Optional<Object> read(String key, Node node) {
        if (node.getAnchor() != null) {
            collected.problem(key, "anchors and aliases are not allowed", source.apply(node));
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar.getValue(), scalar.getTag());
        }
        return Optional.of(node instanceof SequenceNode sequence ? array(key, sequence) : object(key, node));
    }

    /** What a text without quotes stands for. */
    static Object plain(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return WHOLE.matcher(text).matches() ? Long.valueOf(text) : text;
    }

    private static Optional<Object> scalar(String text, Tag tag) {
        if (tag.equals(Tag.NULL)) {
            return Optional.empty();
        }
        if (tag.equals(Tag.BOOL) || tag.equals(Tag.INT)) {
            return Optional.of(plain(text));
        }
        return Optional.of(tag.equals(Tag.FLOAT) ? number(text) : text);
    }

    private static Object number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private JsonArray array(String key, SequenceNode node) {
        var array = new JsonArray();
        for (var element : node.getValue()) {
            read(key, element).ifPresent(array::add);
        }
        return array;
    }

    private JsonObject object(String key, Node node) {
        var object = new JsonObject();
        for (var entry : entries(key, node)) {
            read(key + "." + entry.name(), entry.value()).ifPresent(value -> object.put(entry.name(), value));
        }
        return object;
    }
}
