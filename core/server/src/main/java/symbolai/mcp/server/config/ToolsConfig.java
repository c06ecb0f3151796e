package symbolai.mcp.server.config;

import java.time.Duration;

/**
 * The invoker.
 *
 * @param deadline how long one call may take
 * @param concurrency how many calls may run at once; more are refused
 * @param checkOutput whether structured content is checked against the output schema at run time
 * @param writes whether tools that change anything may be called
 */
public record ToolsConfig(Duration deadline, int concurrency, boolean checkOutput, boolean writes) {}
