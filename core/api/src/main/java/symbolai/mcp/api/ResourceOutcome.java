package symbolai.mcp.api;

/** What a resource's handler answers: the contents, or questions to the client. */
public sealed interface ResourceOutcome permits ResourceResult, InputRequired {}
