package symbolai.mcp.server.jsonrpc;

/** The error codes that this server sends. */
public enum JsonRpcError {
    PARSE_ERROR(-32700),
    INVALID_REQUEST(-32600),
    METHOD_NOT_FOUND(-32601),
    INVALID_PARAMS(-32602),
    INTERNAL_ERROR(-32603),
    /** Ours: the request never reached a method, because HTTP refused it. */
    REFUSED(-32000),
    /** Ours: the caller is not connected to the outside system. */
    NOT_CONNECTED(-32001),
    /** Until 2025-11-25. */
    RESOURCE_NOT_FOUND(-32002),
    HEADER_MISMATCH(-32020),
    MISSING_CAPABILITY(-32021),
    UNSUPPORTED_VERSION(-32022),
    /** Only in 2025-11-25. */
    URL_ELICITATION_REQUIRED(-32042);

    private final int code;

    JsonRpcError(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
