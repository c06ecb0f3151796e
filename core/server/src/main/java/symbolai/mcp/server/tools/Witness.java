package symbolai.mcp.server.tools;

import symbolai.mcp.api.Operation;
import symbolai.mcp.server.policy.Decision;

/** Is told of each operation that leaves or is kept from leaving. */
@FunctionalInterface
interface Witness {

    /** The operation was decided about; whether it goes on. */
    void saw(Operation operation, Decision decision, boolean goesOn);
}
