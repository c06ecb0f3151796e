package symbolai.mcp.server.policy;

import java.util.OptionalLong;

/**
 * How much one call may bring back.
 *
 * @param rows the most rows of a query; empty when no rule limits them
 * @param bytes the most bytes of a result; empty when no rule limits them
 */
public record Caps(OptionalLong rows, OptionalLong bytes) {

    /** No limit beside those of the tools. */
    public static final Caps NONE = new Caps(OptionalLong.empty(), OptionalLong.empty());
}
