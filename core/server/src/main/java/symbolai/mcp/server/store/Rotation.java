package symbolai.mcp.server.store;

/** What came of using a refresh token. */
public enum Rotation {
    /** It was used for the first time. */
    FIRST,
    /** It was used before, so shortly that the client may have asked several times at once. */
    AGAIN,
    /** It was used before, and long ago: somebody has stolen it. */
    REPLAYED,
    /** It was used again too often. */
    TOO_OFTEN,
    /** Its grant is gone or revoked. */
    GONE
}
