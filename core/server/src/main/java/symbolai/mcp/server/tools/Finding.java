package symbolai.mcp.server.tools;

/**
 * Something that is wrong with a family.
 *
 * @param message says what is wrong, with which value, and what would be right
 */
public record Finding(Severity severity, String message) {
    /** What follows from a finding. */
    public enum Severity {
        /** The family is refused. */
        ERROR,
        /** The family serves, and the operator is told. */
        WARNING
    }

    static Finding error(String message) {
        return new Finding(Severity.ERROR, message);
    }

    static Finding warning(String message) {
        return new Finding(Severity.WARNING, message);
    }
}
