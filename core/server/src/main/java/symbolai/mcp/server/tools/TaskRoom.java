package symbolai.mcp.server.tools;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.policy.Limits;
import symbolai.mcp.server.store.TaskStore;

/**
 * What running tasks share.
 *
 * @param slots how many entries into tools may go on at once
 * @param gate counts what goes on at once
 * @param changed is told of each task that changed
 * @param ended is told of the id of each task that has come to its end
 */
record TaskRoom(
        TaskStore store,
        ToolSteps steps,
        Recorder recorder,
        Slots slots,
        CallGate gate,
        Clock clock,
        Consumer<Task> changed,
        Consumer<String> ended) {

    /** Room for one step, until it is closed, which is done once; empty while the caller, or all together, do as much at once as they may. */
    Optional<Limits.Permit> enter(Caller caller) {
        if (!slots.take()) {
            return Optional.empty();
        }
        try {
            var permit = gate.enter(caller);
            return Optional.of(() -> {
                permit.close();
                slots.release();
            });
        } catch (ToolException tooMany) {
            slots.release();
            return Optional.empty();
        }
    }
}
