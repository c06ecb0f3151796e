package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.Future;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The pages that one client was told to open before it makes a call again. */
final class OpenPages {

    private static final int MOST = 20;

    private final Set<String> open = ConcurrentHashMap.newKeySet();

    /**
     * Watches until what the page is for was done. A client that has too many of them open is not told of more: it may come back by itself.
     *
     * @param settled begins to watch
     * @param done tells the client
     */
    void watch(String page, Supplier<Future<Void>> settled, Runnable done) {
        if (open.size() < MOST && open.add(page)) {
            settled.get().onSuccess(over -> done.run()).onComplete(over -> open.remove(page));
        }
    }
}
