package symbolai.mcp.api;

/** What a client may be able to do for a server. */
public enum ClientCapability {
    /** Lets the user fill in a form. */
    ELICITATION_FORM,
    /** Lets the user open a page. */
    ELICITATION_URL,
    /** Asks its model. */
    SAMPLING,
    /** Says which folders it works in. */
    ROOTS,
    /** Follows a task. */
    TASKS
}
