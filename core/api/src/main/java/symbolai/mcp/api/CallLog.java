package symbolai.mcp.api;

/** Sends log messages to the client of one call. */
public interface CallLog {

    /** The levels of RFC 5424, least first. */
    enum Level {
        DEBUG,
        INFO,
        NOTICE,
        WARNING,
        ERROR,
        CRITICAL,
        ALERT,
        EMERGENCY
    }

    /** Sends a message. */
    void log(Level level, String message);
}
