package symbolai.mcp.server.tools;

import java.util.Locale;

/** The client named something that no loaded plugin offers. */
public final class NotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What was looked for. */
    public enum Kind {
        TOOL,
        PROMPT,
        RESOURCE,
        TEMPLATE;

        /** The kind in lower case, as messages say it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;
    private final String name;

    public NotFound(Kind kind, String name) {
        super("there is no " + kind.text() + " '" + name + "'");
        this.kind = kind;
        this.name = name;
    }

    public Kind kind() {
        return kind;
    }

    /** The name or URI that was looked for. */
    public String name() {
        return name;
    }
}
