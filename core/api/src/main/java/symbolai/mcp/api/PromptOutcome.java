package symbolai.mcp.api;

/** What a prompt's handler answers: the messages, or questions to the client. */
public sealed interface PromptOutcome permits PromptResult, InputRequired {}
