package symbolai.mcp.plugins.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One place of a configuration file, read with complaints that name it.
 *
 * @param at the keys that lead here, such as {@code env.staging.d1_databases[0]}
 */
record ConfigNode(Path file, String at, JsonNode json) {

    ConfigNode child(String key) throws IOException {
        if (isThere() && !json.isObject()) {
            throw wrong("an object is expected");
        }
        var child = json.path(key);
        return new ConfigNode(
                file, at.isEmpty() ? key : at + "." + key, child.isNull() ? MissingNode.getInstance() : child);
    }

    boolean isThere() {
        return !json.isMissingNode();
    }

    boolean isText() {
        return json.isTextual();
    }

    /** The text here, if there is something. An empty text is none. */
    Optional<String> text() throws IOException {
        if (!isThere()) {
            return Optional.empty();
        }
        if (!json.isTextual()) {
            throw wrong("a text is expected");
        }
        return json.textValue().isEmpty() ? Optional.empty() : Optional.of(json.textValue());
    }

    String requiredText() throws IOException {
        var text = text();
        if (text.isEmpty()) {
            throw wrong("a text is missing");
        }
        return text.get();
    }

    List<ConfigNode> items() throws IOException {
        if (isThere() && !json.isArray()) {
            throw wrong("a list is expected");
        }
        var items = new ArrayList<ConfigNode>();
        for (var index = 0; index < json.size(); index++) {
            items.add(new ConfigNode(file, at + "[" + index + "]", json.get(index)));
        }
        return items;
    }

    List<String> texts() throws IOException {
        var texts = new ArrayList<String>();
        for (var item : items()) {
            texts.add(item.requiredText());
        }
        return texts;
    }

    Map<String, ConfigNode> entries() throws IOException {
        if (isThere() && !json.isObject()) {
            throw wrong("an object is expected");
        }
        var entries = new LinkedHashMap<String, ConfigNode>();
        for (var names = json.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            entries.put(name, child(name));
        }
        return entries;
    }

    boolean truth() throws IOException {
        if (isThere() && !json.isBoolean()) {
            throw wrong("true or false is expected");
        }
        return json.asBoolean(false);
    }

    WranglerFileException wrong(String what) {
        return new WranglerFileException(file, "\"" + at + "\": " + what);
    }
}
