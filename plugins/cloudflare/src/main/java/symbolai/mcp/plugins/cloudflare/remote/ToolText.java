package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.StrictJson;

/**
 * The texts that a tool gave.
 *
 * @param blocks the texts, in order
 * @param server who gave them, for messages
 */
record ToolText(List<String> blocks, String server) {

    ToolText {
        blocks = List.copyOf(blocks);
    }

    static ToolText of(Fields result, String server) {
        var blocks = result.each("content").stream()
                .map(block -> block.filled("text"))
                .flatMap(Optional::stream)
                .toList();
        return new ToolText(blocks, server);
    }

    /** All that was given, as one text. */
    String all() {
        return String.join("\n", blocks);
    }

    /** The JSON that was given: an object, an array, or something else. */
    Object json() {
        try {
            return Optional.ofNullable(StrictJson.read(Buffer.buffer(all()))).orElse("");
        } catch (IOException unsound) {
            throw unusable("sound JSON is expected");
        }
    }

    /** The object that was given. */
    Fields object() {
        return Fields.loose(json());
    }

    /** The rows of the table that was given as the last block. */
    List<Fields> table() {
        return blocks.isEmpty() ? List.of() : TabTable.rows(blocks.get(blocks.size() - 1));
    }

    ToolException unusable(String what) {
        return new ToolException(
                Reason.UNAVAILABLE, server + " gave an answer in a form that is not known here: " + what);
    }
}
