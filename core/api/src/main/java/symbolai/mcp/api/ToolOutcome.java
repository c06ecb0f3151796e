package symbolai.mcp.api;

/** What a tool's handler answers: a result, questions to the client, or word that it goes on. */
public sealed interface ToolOutcome permits ToolResult, InputRequired, Working {}
