package symbolai.mcp.server.policy;

/** Whether a rule is about a call. */
enum Match {
    /** It is not. */
    NO,
    /** That depends on what the call touches, which is not known yet. */
    MAYBE,
    /** It is. */
    YES;

    static Match of(boolean yes) {
        return yes ? YES : NO;
    }

    Match and(Match other) {
        return compareTo(other) < 0 ? this : other;
    }
}
