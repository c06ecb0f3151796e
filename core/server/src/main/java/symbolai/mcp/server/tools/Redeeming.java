package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * What uses an approval up, after the call's intent is written and before its tool is entered.
 *
 * @param round the round in which the call goes on when the tool asks something; 0 for a call without an approval
 * @param work fails when the approval is not good any more
 */
record Redeeming(int round, Supplier<Future<Void>> work) {

    /** Of a call that needs no approval. */
    static final Redeeming NOTHING = new Redeeming(0, Future::succeededFuture);
}
