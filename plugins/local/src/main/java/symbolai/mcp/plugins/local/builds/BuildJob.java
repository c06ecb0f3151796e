package symbolai.mcp.plugins.local.builds;

import java.nio.file.Path;

/**
 * A build to run.
 *
 * @param command a line for the shell, from the project or the operator, never from a caller
 */
record BuildJob(String id, String worker, String command, Path folder) {}
