package symbolai.mcp.server.tools;

import java.time.Duration;
import java.util.Set;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Progress;

/**
 * On whose behalf a call is made, and where what it says goes.
 *
 * @param client what the caller's program calls itself, for the audit log
 * @param door how the call came in: {@code mcp}, {@code stdio}, {@code rest} or {@code cli}
 * @param takesStream whether the caller takes a download
 * @param patience how long the caller waits for a tool that goes on
 * @param hold how long the caller's program waits in one call for a person to approve it
 */
public record Requester(
        Caller caller,
        String client,
        String door,
        Set<ClientCapability> capabilities,
        Progress progress,
        CallLog log,
        Cancellation cancellation,
        boolean takesStream,
        Duration patience,
        Duration hold) {

    /** Longer than any call waits. */
    public static final Duration LONGEST = Duration.ofMinutes(15);

    /** So long that a caller who comes back does not do so all the time. */
    public static final Duration SHORT_HOLD = Duration.ofSeconds(2);

    public Requester {
        capabilities = Set.copyOf(capabilities);
    }

    /** A caller who comes back to see whether a call was approved. */
    public Requester(
            Caller caller,
            String client,
            String door,
            Set<ClientCapability> capabilities,
            Progress progress,
            CallLog log,
            Cancellation cancellation,
            boolean takesStream,
            Duration patience) {
        this(caller, client, door, capabilities, progress, log, cancellation, takesStream, patience, SHORT_HOLD);
    }

    /** A patient caller who takes no download. */
    public Requester(
            Caller caller,
            String client,
            String door,
            Set<ClientCapability> capabilities,
            Progress progress,
            CallLog log,
            Cancellation cancellation) {
        this(caller, client, door, capabilities, progress, log, cancellation, false, LONGEST);
    }

    /** The same caller, who takes a download. */
    public Requester takingStream() {
        return new Requester(caller, client, door, capabilities, progress, log, cancellation, true, patience, hold);
    }
}
