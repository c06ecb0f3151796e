package symbolai.mcp.server.mcp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The revisions of the protocol that this server speaks, oldest first. */
public enum ProtocolVersion {
    V2024_11_05("2024-11-05"),
    V2025_03_26("2025-03-26"),
    V2025_06_18("2025-06-18"),
    V2025_11_25("2025-11-25"),
    V2026_07_28("2026-07-28");

    /** The last revision that begins with initialize. */
    public static final ProtocolVersion LATEST_LEGACY = V2025_11_25;

    private final String text;

    ProtocolVersion(String text) {
        this.text = text;
    }

    /** The revision with this date. */
    public static Optional<ProtocolVersion> of(String text) {
        return Arrays.stream(values())
                .filter(version -> version.text.equals(text))
                .findFirst();
    }

    /** All dates, oldest first. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(ProtocolVersion::text).toList();
    }

    /** The date on the wire. */
    public String text() {
        return text;
    }

    /** Whether this is the other revision or a newer one. */
    public boolean atLeast(ProtocolVersion other) {
        return compareTo(other) >= 0;
    }

    /** Whether each request stands for itself, without initialize and sessions. */
    public boolean isStateless() {
        return atLeast(V2026_07_28);
    }
}
