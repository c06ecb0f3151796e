package symbolai.mcp.server.identity;

import symbolai.mcp.api.Caller;

/** What came of looking at a request's credentials. */
public sealed interface Authentication {

    /** The caller is known. */
    record Known(Caller caller) implements Authentication {}

    /** There were no credentials. */
    record Missing() implements Authentication {}

    /**
     * The credentials are not accepted.
     *
     * @param why for the log, never for the caller
     */
    record Refused(String why) implements Authentication {}
}
