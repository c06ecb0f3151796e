package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import symbolai.mcp.plugins.cloudflare.backend.Fields;

/** Reads values separated by tabs, quoted as RFC 4180 quotes those separated by commas; the first line names the columns. */
final class TabTable {

    private final String text;
    private int at;

    private TabTable(String text) {
        this.text = text;
    }

    /** The rows below the first; a value that is missing is not among a row's fields. */
    static List<Fields> rows(String text) {
        var lines = new TabTable(text).lines();
        var rows = new ArrayList<Fields>();
        for (var line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            var row = new JsonObject();
            for (var index = 0; index < Math.min(line.size(), lines.get(0).size()); index++) {
                row.put(lines.get(0).get(index), line.get(index));
            }
            rows.add(Fields.of(row));
        }
        return rows;
    }

    private List<List<String>> lines() {
        var lines = new ArrayList<List<String>>();
        while (at < text.length()) {
            lines.add(line());
        }
        return lines;
    }

    private List<String> line() {
        var line = new ArrayList<String>();
        line.add(value());
        while (at < text.length() && text.charAt(at) == '\t') {
            at++;
            line.add(value());
        }
        at += text.startsWith("\r\n", at) ? 2 : 1;
        return line;
    }

    private String value() {
        return at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
    }

    private String plain() {
        var start = at;
        while (at < text.length() && "\t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /** What follows the closing quote belongs to the value, so that nothing is lost of a text that was quoted wrongly. */
    private String quoted() {
        var value = new StringBuilder();
        at++;
        while (at < text.length()) {
            var character = text.charAt(at++);
            if (character != '"') {
                value.append(character);
            } else if (at < text.length() && text.charAt(at) == '"') {
                value.append('"');
                at++;
            } else {
                return value.append(plain()).toString();
            }
        }
        return value.toString();
    }
}
