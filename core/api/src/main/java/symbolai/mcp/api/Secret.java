package symbolai.mcp.api;

/** A text that must not be seen. It prints as stars, and is compared by nobody. */
public final class Secret {

    private final String value;

    /** Wraps the text. */
    public Secret(String value) {
        this.value = value;
    }

    /** The text itself, for the one place that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
