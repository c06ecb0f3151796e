package symbolai.mcp.server.policy;

import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * How much one call may bring back.
 *
 * @param rows the most rows of a query; empty when no rule limits them
 * @param bytes the most bytes of a result; empty when no rule limits them
 */
public record Caps(OptionalLong rows, OptionalLong bytes) {

    /** No limit beside those of the tools. */
    public static final Caps NONE = new Caps(OptionalLong.empty(), OptionalLong.empty());

    /** Of each limit the lower one. */
    Caps strictest(Caps other) {
        return new Caps(lower(rows, other.rows), lower(bytes, other.bytes));
    }

    private static OptionalLong lower(OptionalLong one, OptionalLong other) {
        return LongStream.concat(one.stream(), other.stream()).min();
    }
}
