package symbolai.mcp.api;

import java.util.List;

/** The contents of a resource; at least one. */
public record ResourceResult(List<ResourceContents> contents) implements ResourceOutcome {

    public ResourceResult {
        contents = List.copyOf(contents);
        if (contents.isEmpty()) {
            throw new IllegalArgumentException("a resource has at least one piece of contents");
        }
    }

    /** Contents as text. */
    public static ResourceResult text(String uri, String mimeType, String text) {
        return new ResourceResult(List.of(new ResourceContents.Text(uri, mimeType, text)));
    }
}
