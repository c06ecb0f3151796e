package symbolai.mcp.api;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;

/**
 * Carries out named operations on one outside system. The names, arguments and results are in {@code docs/operations.md}; they are the same
 * for every system, so a family does not know which one it talks to.
 */
public interface Connection extends AutoCloseable {

    /** The operations that this system can carry out. */
    Set<String> operations();

    /**
     * Carries out one operation. Fails with a {@link ToolException} whose reason says whether it may be tried again; an operation that is not
     * among {@link #operations()} fails with {@link ToolException.Reason#UNSUPPORTED}.
     */
    Future<Reply> invoke(Operation operation);

    /**
     * How long the reply of a read may be given to others who ask the same with the same credentials; zero is never. A write through the same
     * credentials to the same family, which is the first part of the operation's name, ends it early.
     */
    default Duration freshFor(Operation operation) {
        return Duration.ZERO;
    }

    @Override
    void close();
}
