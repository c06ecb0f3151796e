package symbolai.mcp.server.tools;

import symbolai.mcp.server.policy.Decision;
import symbolai.mcp.server.policy.Reach;

/** Decides whether a call may do one of the operations that it does. */
@FunctionalInterface
interface Judge {

    /**
     * Whether the operation goes on, as things are at this moment.
     *
     * @param write whether it changes anything
     */
    Decision decide(boolean write, Reach reach);
}
