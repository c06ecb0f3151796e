/**
 * Loads, swaps and unloads plugins; the only room that knows PF4J.
 *
 * <p>A {@link symbolai.mcp.server.plugins.PluginFolder look} at the folder finds fresh zips. The
 * {@link symbolai.mcp.server.plugins.Intake} checks and expands them and opens each in a PF4J of its own; the
 * {@link symbolai.mcp.server.plugins.Rollout} starts them, makes visible what they offer and retires what they replace. The
 * {@link symbolai.mcp.server.plugins.Roster} knows how everything stands. A plugin's own code runs only inside
 * {@link symbolai.mcp.server.plugins.Foreign}, on a thread of its own, with what a {@link symbolai.mcp.server.plugins.LentContext} lends.
 *
 * <p>All that changes PF4J or the roster happens on one worker thread.
 */
@NullMarked
package symbolai.mcp.server.plugins;

import org.jspecify.annotations.NullMarked;
