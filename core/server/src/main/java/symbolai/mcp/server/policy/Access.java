package symbolai.mcp.server.policy;

import java.util.Locale;

/** Which calls a rule is about, by what they do. */
public enum Access {
    /** Those that change nothing. */
    READ,
    /** Those that change something. */
    WRITE,
    /** All. */
    ANY;

    /** The access as it is written. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean covers(boolean write) {
        return this == ANY || (this == WRITE) == write;
    }
}
