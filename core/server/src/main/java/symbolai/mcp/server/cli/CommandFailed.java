package symbolai.mcp.server.cli;

/** A command cannot do what was asked; the message says why, and the program ends with the code. */
final class CommandFailed extends RuntimeException {

    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int CONFIGURATION = 78;

    private static final long serialVersionUID = 1L;

    private final int code;

    CommandFailed(int code, String message) {
        super(message);
        this.code = code;
    }

    int code() {
        return code;
    }
}
