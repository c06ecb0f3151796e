package symbolai.mcp.server.crypto;

/** The master key is not the one with which the data folder was sealed, so the server must not start. */
public final class WrongMasterKey extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WrongMasterKey(String message) {
        super(message);
    }
}
