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

/**
 * Writes down who was not let in. Strangers can make as many of these as they like, so only the first few of an address in a minute are written
 * one by one, and then how many more there were.
 */
public final class RefusalRecords {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalRecords.class);
    private static final int EACH = 20;
    private static final int ADDRESSES = 1_000;
    private static final String OTHERS = "others";
    private static final long MINUTE = 60_000;

    private final Vertx vertx;
    private final AuditLog log;
    private final Clock clock;
    private final Map<Of, Integer> seen = new HashMap<>();
    private long timer = -1;

    /** What is counted together. */
    private record Of(String event, String address) {}

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

    /** The same of a known caller. */
    public void note(String event, Caller caller) {
        note(event, caller.address(), AuditDesk.who(caller));
    }

    private synchronized boolean isOneByOne(String event, String address) {
        var known = new Of(event, address);
        var of = seen.containsKey(known) || seen.size() < ADDRESSES ? known : new Of(event, OTHERS);
        return seen.merge(of, 1, Integer::sum) <= EACH;
    }

    /** How many there were of each beyond the first ones, in one record each. */
    Future<Void> sum() {
        var written = new ArrayList<Future<Void>>();
        taken().forEach((of, count) -> {
            if (count > EACH) {
                written.add(write(
                        of.event(),
                        new JsonObject()
                                .put("address", of.address())
                                .put("more", count - EACH)
                                .put("reason", "more of the same from this address within a minute")));
            }
        });
        return Future.join(List.copyOf(written)).mapEmpty();
    }

    private synchronized Map<Of, Integer> taken() {
        var all = Map.copyOf(seen);
        seen.clear();
        return all;
    }

    private Future<Void> write(String event, JsonObject fields) {
        return log.append(new AuditRecord(clock.instant(), event, fields))
                .onFailure(failure -> LOG.atDebug().setCause(failure).log("audit record not written"));
    }
}
