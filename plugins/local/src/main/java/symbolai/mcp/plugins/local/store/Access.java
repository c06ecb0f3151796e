package symbolai.mcp.plugins.local.store;

import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;

/** Holds operations to the access that they were sent with. */
public final class Access {

    private Access() {}

    /** Fails with INVALID when what changes something was sent as a read. */
    public static void requireWrite(Operation operation) {
        if (operation.access() != Operation.Access.WRITE) {
            throw new ToolException(
                    ToolException.Reason.INVALID, operation.name() + " changes something and was sent as a read");
        }
    }
}
