package symbolai.mcp.plugins.cloudflare.faults;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import symbolai.mcp.api.ToolException.Reason;

/**
 * Something that goes wrong with a request that arrived.
 *
 * @param effect what the server does instead of giving the good answer
 * @param reasons what an honest failure may be
 * @param refusing whether it says that nothing was done, so that even a write may be sent again
 * @param mayGoWell whether the right result may be given all the same
 * @param abrupt whether the server resets connections that it closes
 * @param large whether the answer is only too large, which a stream may be
 */
public record Fault(
        String name,
        Effect effect,
        Set<Reason> reasons,
        boolean refusing,
        boolean mayGoWell,
        boolean abrupt,
        boolean large) {

    /** What the server does. */
    @FunctionalInterface
    public interface Effect {

        /** Called on the socket's event loop. */
        void happen(Answer good, NetSocket socket, Vertx vertx);
    }

    /** A fault that leaves open whether anything was done. */
    static Fault open(String name, Effect effect) {
        return new Fault(name, effect, Set.of(Reason.UNAVAILABLE, Reason.TIMED_OUT), false, false, false, false);
    }

    /** An answer that says what is wrong. */
    static Fault answer(String name, Answer answer, Reason... reasons) {
        return new Fault(
                name,
                (good, socket, vertx) -> socket.write(answer.whole()),
                Set.of(reasons),
                false,
                false,
                false,
                false);
    }

    Fault thatRefuses() {
        return new Fault(name, effect, reasons, true, mayGoWell, abrupt, large);
    }

    Fault thatMayGoWell() {
        return new Fault(name, effect, reasons, refusing, true, abrupt, large);
    }

    Fault thatResets() {
        return new Fault(name, effect, reasons, refusing, mayGoWell, true, large);
    }

    Fault thatIsLarge() {
        return new Fault(name, effect, reasons, refusing, mayGoWell, abrupt, true);
    }

    @Override
    public String toString() {
        return name;
    }
}
