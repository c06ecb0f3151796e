package symbolai.mcp.server.policy;

import java.util.Locale;

/** What a rule does to the calls that it is about. */
public enum Effect {
    /** Opens them. */
    ALLOW,
    /** Closes them, whatever else opens them. */
    DENY,
    /** Lets them wait for an approval, where something else opens them. */
    APPROVE;

    /** The effect as it is written. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
