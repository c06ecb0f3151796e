package symbolai.mcp.api;

/** What a tool's handler answers: a result, a download, questions to the client, or word that it goes on. */
public sealed interface ToolOutcome permits ToolResult, Streamed, InputRequired, Working {}
