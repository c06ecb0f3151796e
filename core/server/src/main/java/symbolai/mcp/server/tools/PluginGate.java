package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The one place where plugin code is entered: inside its version's lease, within its time, on an event loop. Whatever the code throws,
 * returns or forgets becomes a future's failure.
 */
final class PluginGate {
    /**
     * Enters the version that is current.
     *
     * @param lookup finds it; asked again when the version found has just been replaced
     * @param missing the failure when there is none
     * @param code calls the plugin
     */
    <H, R> Future<R> enter(
            Supplier<Optional<Entry<H>>> lookup,
            NotFound missing,
            CallScope scope,
            Function<H, Future<? extends R>> code) {
        var entry = leased(lookup);
        if (entry.isEmpty()) {
            return Future.failedFuture(missing);
        }
        var lease = entry.get().lease();
        Future<R> running = scope.loop().land(guarded(entry.get().value(), code));
        running.eventually(() -> HeldStream.ended(running.result())).onComplete(ended -> lease.leave());
        return scope.limit(missing.name(), running.compose(PluginGate::present), HeldStream::close);
    }

    private static <H> Optional<Entry<H>> leased(Supplier<Optional<Entry<H>>> lookup) {
        var entry = lookup.get();
        while (entry.isPresent() && !entry.get().lease().enter()) {
            var next = lookup.get();
            if (next.isPresent() && next.get().lease() == entry.get().lease()) {
                return Optional.empty();
            }
            entry = next;
        }
        return entry;
    }

    private static <H, R> Future<? extends R> guarded(H plugin, Function<H, Future<? extends R>> code) {
        try {
            Future<? extends R> future = code.apply(plugin);
            return future == null
                    ? Future.failedFuture(new IllegalStateException("the handler returned null"))
                    : future;
        } catch (Throwable failure) {
            return Future.failedFuture(failure);
        }
    }

    private static <R> Future<R> present(R outcome) {
        return outcome == null
                ? Future.failedFuture(new IllegalStateException("the handler's future succeeded with null"))
                : Future.succeededFuture(outcome);
    }
}
