package symbolai.mcp.server.tools;

import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import symbolai.mcp.api.Content;
import symbolai.mcp.api.ToolResult;

/** How many bytes a call brought back: those of its texts and data, or of its structured content where it has neither. */
final class ResultSize {
    private ResultSize() {}

    static OptionalLong of(Object outcome) {
        return outcome instanceof CallOutcome.Done done ? OptionalLong.of(bytes(done.result())) : OptionalLong.empty();
    }

    private static long bytes(ToolResult result) {
        long content = result.content().stream().mapToLong(ResultSize::bytes).sum();
        return content > 0
                ? content
                : result.structured()
                        .map(structured ->
                                (long) Json.encodeToBuffer(structured).length())
                        .orElse(0L);
    }

    private static long bytes(Content content) {
        if (content instanceof Content.Text text) {
            return text.text().getBytes(StandardCharsets.UTF_8).length;
        }
        if (content instanceof Content.Image image) {
            return image.data().length();
        }
        return content instanceof Content.Audio audio ? audio.data().length() : 0;
    }
}
