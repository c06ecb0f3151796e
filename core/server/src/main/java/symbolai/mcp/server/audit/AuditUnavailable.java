package symbolai.mcp.server.audit;

/** The audit log could not take a record, so what was to be recorded must not happen. */
public final class AuditUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuditUnavailable(String message) {
        super(message);
    }

    AuditUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
