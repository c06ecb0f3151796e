package symbolai.mcp.server.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a configuration file; each value knows its line. */
final class YamlFile {

    private static final int LARGEST = 1 << 20;

    private final Path file;
    private final Collected collected;

    YamlFile(Path file, Collected collected) {
        this.file = file;
        this.collected = collected;
    }

    void read() {
        try {
            var text = Files.readString(file, StandardCharsets.UTF_8);
            compose(text).ifPresent(root -> section("", root));
        } catch (NoSuchFileException e) {
            collected.problem(file.toString(), "there is no such file", "--config");
        } catch (IOException e) {
            collected.problem(
                    file.toString(),
                    "cannot be read as UTF-8 text",
                    e.getClass().getSimpleName());
        }
    }

    private Optional<Node> compose(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        try {
            return Optional.ofNullable(new Yaml(options).compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            collected.problem(
                    "not valid YAML",
                    e.getProblem(),
                    mark == null ? file.toString() : file + ":" + (mark.getLine() + 1));
        } catch (YAMLException e) {
            collected.problem("not valid YAML", "it has characters that YAML does not allow", file.toString());
        }
        return Optional.empty();
    }

    private void section(String prefix, Node node) {
        if (isNothing(node)) {
            return;
        }
        if (!(node instanceof MappingNode mapping)) {
            collected.problem(
                    prefix.isEmpty() ? "the file" : prefix, "must be a section of keys and values", source(node));
            return;
        }
        var seen = new HashSet<String>();
        for (var tuple : mapping.getValue()) {
            entry(prefix, seen, tuple.getKeyNode(), tuple.getValueNode());
        }
    }

    private void entry(String prefix, Set<String> seen, Node name, Node value) {
        if (!(name instanceof ScalarNode scalar)) {
            collected.problem(prefix.isEmpty() ? "the file" : prefix, "has a key that is not a text", source(name));
            return;
        }
        var key = prefix.isEmpty() ? scalar.getValue() : prefix + "." + scalar.getValue();
        if (!seen.add(key)) {
            collected.problem(key, "is given twice", source(name));
        } else if (key.equals(Settings.PLUGIN_SECTIONS)) {
            plugins(value);
        } else if (Settings.isSection(key)) {
            section(key, value);
        } else if (Settings.of(key).isEmpty()) {
            collected.unknown(key, "key", knownIn(prefix), source(name));
        } else if (!isNothing(value)) {
            value(key, value);
        }
    }

    private void value(String key, Node node) {
        if (node instanceof ScalarNode scalar) {
            collected.put(key, Given.text(scalar.getValue(), source(node)));
        } else if (node instanceof SequenceNode sequence
                && sequence.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
            var texts = sequence.getValue().stream()
                    .map(element -> ((ScalarNode) element).getValue())
                    .toList();
            collected.put(key, new Given(texts, true, source(node)));
        } else {
            collected.problem(key, "must be a value, not a section", source(node));
        }
    }

    private void plugins(Node node) {
        if (isNothing(node)) {
            return;
        }
        var values = new YamlValues(collected, this::source);
        for (var plugin : values.entries(Settings.PLUGIN_SECTIONS, node)) {
            var key = Settings.PLUGIN_SECTIONS + "." + plugin.name();
            for (var entry : values.entries(key, plugin.value())) {
                values.read(key + "." + entry.name(), entry.value())
                        .ifPresent(value -> collected.putSection(
                                List.of(plugin.name(), entry.name()), value, source(entry.value())));
            }
        }
    }

    private static List<String> knownIn(String prefix) {
        var sections = Settings.keys().stream().map(key -> key.replaceAll("\\..*", ""));
        return prefix.isEmpty()
                ? Stream.concat(Settings.keys().stream(), sections).distinct().toList()
                : Settings.keys();
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private String source(Node node) {
        return file + ":" + (node.getStartMark().getLine() + 1);
    }
}
