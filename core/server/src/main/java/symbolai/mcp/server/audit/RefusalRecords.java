package symbolai.mcp.server.audit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.config.AddressGroup;

/**
 * Writes down who was not let in. Strangers can make as many of these as they like, from as many addresses as a network has, so only the first
 * few of an address or IPv6 network in a minute are written one by one, and not too many in all; then how many more there were.
 */
public final class RefusalRecords {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalRecords.class);
    private static final int EACH = 20;
    private static final int TOGETHER = 300;
    private static final int GROUPS = 1_000;
    private static final String OTHERS = "others";
    private static final long MINUTE = 60_000;

    private final Vertx vertx;
    private final AuditLog log;
    private final Clock clock;
    private final Map<Of, Count> seen = new HashMap<>();
    private final Map<String, Integer> written = new HashMap<>();
    private long timer = -1;

    /** What is counted together. */
    private record Of(String event, String group) {}

    /** How many were written one by one, and how many were not. */
    private record Count(int written, int more) {}

    public RefusalRecords(Vertx vertx, AuditLog log, Clock clock) {
        this.vertx = vertx;
        this.log = log;
        this.clock = clock;
    }

    /** Begins to sum up each minute. */
    public synchronized void start() {
        timer = vertx.setPeriodic(MINUTE, id -> sum());
    }

    /** Writes what was not written yet. */
    public Future<Void> close() {
        stop();
        return sum();
    }

    private synchronized void stop() {
        vertx.cancelTimer(timer);
    }

    /**
     * Somebody was not let in. Nobody waits for the record: the refusal stands whether it is written or not.
     *
     * @param event such as {@code auth.refused}
     * @param fields what else is known; never a secret
     */
    public void note(String event, String address, JsonObject fields) {
        if (isOneByOne(event, address)) {
            write(event, new JsonObject().put("address", address).mergeIn(fields));
        }
    }

    /**
     * A known caller named what is another's.
     *
     * @param kind what that was, such as {@code task}
     */
    public void foreign(String kind, Caller caller) {
        note("session.foreign", caller.address(), AuditDesk.who(caller).put("kind", kind));
    }

    private synchronized boolean isOneByOne(String event, String address) {
        int together = written.getOrDefault(event, 0);
        var of = of(event, AddressGroup.of(address), together);
        var count = seen.getOrDefault(of, new Count(0, 0));
        if (count.written() >= EACH || together >= TOGETHER) {
            seen.put(of, new Count(count.written(), count.more() + 1));
            return false;
        }
        seen.put(of, new Count(count.written() + 1, count.more()));
        written.put(event, together + 1);
        return true;
    }

    private Of of(String event, String group, int together) {
        var known = new Of(event, group);
        boolean isFull = seen.size() >= GROUPS || together >= TOGETHER;
        return isFull && !seen.containsKey(known) ? new Of(event, OTHERS) : known;
    }

    /** How much is remembered. */
    synchronized int remembered() {
        return seen.size();
    }

    /** How many there were of each beyond the first ones, in one record each. */
    Future<Void> sum() {
        var sums = new ArrayList<Future<Void>>();
        taken().forEach((of, count) -> {
            if (count.more() > 0) {
                sums.add(write(
                        of.event(),
                        new JsonObject()
                                .put("address", of.group())
                                .put("more", count.more())
                                .put("reason", "more of the same from this address or network within a minute")));
            }
        });
        return Future.join(List.copyOf(sums)).mapEmpty();
    }

    private synchronized Map<Of, Count> taken() {
        var all = Map.copyOf(seen);
        seen.clear();
        written.clear();
        return all;
    }

    private Future<Void> write(String event, JsonObject fields) {
        return log.append(new AuditRecord(clock.instant(), event, fields))
                .onFailure(failure -> LOG.atDebug().setCause(failure).log("audit record not written"));
    }
}
