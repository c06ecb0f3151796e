package symbolai.mcp.server.tools;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import symbolai.mcp.server.approvals.Approvals;

/**
 * What the tools need to ask for approvals.
 *
 * @param required how many people must approve, where a rule does not ask for more
 * @param rules the version of the rules that hold
 * @param page where a request is decided, by its id; empty while no page is served
 */
public record ApprovalDesk(
        Approvals approvals, int required, LongSupplier rules, Function<String, Optional<String>> page) {}
