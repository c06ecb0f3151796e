package symbolai.mcp.server.tools;

/** A listener that listens until this is closed. */
public interface Registration extends AutoCloseable {
    /** Stops listening; closing twice is harmless. */
    @Override
    void close();
}
