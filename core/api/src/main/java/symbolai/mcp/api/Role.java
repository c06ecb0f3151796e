package symbolai.mcp.api;

import java.util.Locale;

/** What a user may do in this server. */
public enum Role {
    /** Looks at what was opened to it. */
    VIEWER,
    /** Calls the tools that were opened to it. */
    OPERATOR,
    /** Does everything. */
    ADMIN,
    /** Reads the audit log, and changes nothing. */
    AUDITOR;

    /** The role in lower case, as it is stored and shown. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
