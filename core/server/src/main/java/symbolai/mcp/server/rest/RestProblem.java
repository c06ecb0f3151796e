package symbolai.mcp.server.rest;

import java.util.Map;

/** A request that REST itself refuses. */
public final class RestProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RestCode code;
    private final transient Map<String, String> headers;

    /** A refusal with its code, in words that say what would be right. */
    public RestProblem(RestCode code, String message) {
        this(code, message, Map.of());
    }

    RestProblem(RestCode code, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.code = code;
        this.headers = Map.copyOf(headers);
    }

    static RestProblem invalid(String message) {
        return new RestProblem(RestCode.INVALID, message);
    }

    RestCode code() {
        return code;
    }

    Map<String, String> headers() {
        return headers;
    }
}
