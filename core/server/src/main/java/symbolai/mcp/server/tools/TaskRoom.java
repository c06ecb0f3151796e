package symbolai.mcp.server.tools;

import java.time.Clock;
import java.util.function.Consumer;
import symbolai.mcp.server.store.TaskStore;

/**
 * What running tasks share.
 *
 * @param slots how many entries into tools may go on at once
 * @param changed is told of each task that changed
 * @param ended is told of the id of each task that has come to its end
 */
record TaskRoom(
        TaskStore store,
        ToolSteps steps,
        Recorder recorder,
        Slots slots,
        Clock clock,
        Consumer<Task> changed,
        Consumer<String> ended) {}
