package symbolai.mcp.server.tools;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.store.TaskStore;

/**
 * What running tasks share.
 *
 * @param slots how many entries into tools may go on at once
 * @param objection why a task may not go on, where it may not
 * @param changed is told of each task that changed
 * @param ended is told of the id of each task that has come to its end
 */
record TaskRoom(
        TaskStore store,
        ToolSteps steps,
        Recorder recorder,
        Slots slots,
        Clock clock,
        Function<ToolRun, Optional<ToolException>> objection,
        Consumer<Task> changed,
        Consumer<String> ended) {}
