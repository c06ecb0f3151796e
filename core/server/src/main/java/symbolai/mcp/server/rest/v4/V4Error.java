package symbolai.mcp.server.rest.v4;

/** A refusal, with the status and the code that Cloudflare gives for it. */
final class V4Error extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    V4Error(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
