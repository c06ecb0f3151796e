package symbolai.mcp.server.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where a command reads from and writes to.
 *
 * @param interactive whether a person sits at both ends
 */
public record Streams(InputStream in, PrintStream out, PrintStream err, boolean interactive) {

    /** Those of this process. */
    @SuppressWarnings("SystemConsoleNull") // Where it is not null, it is asked.
    static Streams standard() {
        return new Streams(System.in, System.out, System.err, System.console() != null && isTerminal());
    }

    /** From Java 22 there is a console without a terminal too, and a method that tells. */
    private static boolean isTerminal() {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(System.console());
        } catch (NoSuchMethodException olderJava) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
