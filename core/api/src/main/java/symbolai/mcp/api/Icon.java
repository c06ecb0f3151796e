package symbolai.mcp.api;

import java.util.List;

/**
 * An icon for people.
 *
 * @param src an https or data URI
 * @param mimeType its media type
 * @param sizes such as {@code 48x48} or {@code any}
 */
public record Icon(String src, String mimeType, List<String> sizes) {

    public Icon {
        sizes = List.copyOf(sizes);
    }
}
