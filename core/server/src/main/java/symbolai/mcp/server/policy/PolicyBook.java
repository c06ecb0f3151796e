package symbolai.mcp.server.policy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.AuditRecord;
import symbolai.mcp.server.store.PolicyChangeRow;
import symbolai.mcp.server.store.PolicyStore;

/** Keeps the policy: a change is recorded, then stored, then takes effect here at once and on other nodes within seconds. */
public final class PolicyBook {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyBook.class);
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final int MOST_RULES = 500;

    private final Vertx vertx;
    private final PolicyStore store;
    private final Policy policy;
    private final AuditLog audit;
    private final Clock clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long timer;

    public PolicyBook(Vertx vertx, PolicyStore store, Policy policy, AuditLog audit, Clock clock) {
        this.vertx = vertx;
        this.store = store;
        this.policy = policy;
        this.audit = audit;
        this.clock = clock;
    }

    /** What is done to the policy, and the policy that comes of it. */
    private record Change(String action, String subject, JsonObject before, JsonObject after, PolicyState next) {}

    /** Makes the change of what holds; throws a {@link ToolException} when it cannot be. */
    @FunctionalInterface
    private interface Maker {
        Change of(PolicyState held);
    }

    /** Reads the policy; from then on what other nodes change is seen too. */
    public Future<Void> start() {
        timer = vertx.setPeriodic(POLL.toMillis(), id -> poll());
        return refresh();
    }

    /** Reads it no more. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }

    /** Calls the listener after each change, whoever made it. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** The policy of now. */
    public Future<PolicyState> state() {
        return store.load().map(PolicyState::of);
    }

    /** The last changes, the newest first. */
    public Future<List<PolicyChangeRow>> history() {
        return store.changes();
    }

    /** Adds a rule, at the end when the position is negative. */
    public Future<PolicyState> add(Caller by, Rule rule, int position) {
        return change(by, held -> added(by, held, rule, position));
    }

    private Change added(Caller by, PolicyState held, Rule rule, int position) {
        if (held.find(rule.id()).isPresent()) {
            throw new ToolException(Reason.CONFLICT, "there is a rule " + rule.id() + " already; update it instead");
        }
        if (held.rules().size() >= MOST_RULES) {
            throw new ToolException(Reason.CONFLICT, "there are " + MOST_RULES + " rules, which is all there can be");
        }
        var now = clock.instant();
        var next = held.with(new KeptRule(rule, now, now, by.name()), position);
        return new Change("add", rule.id(), new JsonObject(), RuleCodec.json(rule), next);
    }

    /** Puts a rule in place of the one with its id. */
    public Future<PolicyState> update(Caller by, Rule rule) {
        return change(by, held -> updated(by, held, rule));
    }

    private Change updated(Caller by, PolicyState held, Rule rule) {
        var former = existing(held, rule.id());
        var next = held.with(new KeptRule(rule, former.created(), clock.instant(), by.name()), -1);
        return new Change("update", rule.id(), RuleCodec.json(former.rule()), RuleCodec.json(rule), next);
    }

    /** Removes a rule. */
    public Future<PolicyState> remove(Caller by, String id) {
        return change(by, held -> {
            var former = existing(held, id);
            return new Change("remove", id, RuleCodec.json(former.rule()), new JsonObject(), held.without(id));
        });
    }

    /** Puts a rule at another place; 0 is the first. */
    public Future<PolicyState> move(Caller by, String id, int position) {
        return change(by, held -> {
            var moved = held.with(existing(held, id), position);
            return new Change("move", id, place(held, id), place(moved, id), moved);
        });
    }

    private static JsonObject place(PolicyState state, String id) {
        var ids = state.rules().stream().map(kept -> kept.rule().id()).toList();
        return new JsonObject().put("position", ids.indexOf(id));
    }

    /** Switches everything off that writes, or on again as far as the rules allow it. */
    public Future<PolicyState> readOnly(Caller by, boolean on) {
        return change(
                by,
                held -> new Change(
                        "read-only",
                        "",
                        new JsonObject().put("on", held.readOnly()),
                        new JsonObject().put("on", on),
                        held.readOnly(on)));
    }

    private static KeptRule existing(PolicyState held, String id) {
        return held.find(id)
                .orElseThrow(() -> new ToolException(
                        Reason.NOT_FOUND,
                        "there is no rule \"" + id.replaceAll("[^a-z0-9-]", "?") + "\"; the rules are "
                                + String.join(
                                        ", ",
                                        held.rules().stream()
                                                .map(kept -> kept.rule().id())
                                                .toList())));
    }

    private Future<PolicyState> change(Caller by, Maker maker) {
        return state().compose(held -> {
            var change = maker.of(held);
            return record(by, change)
                    .compose(written -> stored(by, held, change).recover(failure -> undone(by, change, failure)))
                    .compose(done -> refresh())
                    .map(change.next());
        });
    }

    private Future<Void> record(Caller by, Change change) {
        return append(fields(by, change))
                .recover(failure -> Future.failedFuture(new ToolException(
                        Reason.UNAVAILABLE,
                        "the server's audit log cannot be written, so nothing can be changed; nothing was done")));
    }

    /** What was recorded did not happen, which is recorded too. Fails with the reason. */
    private Future<Void> undone(Caller by, Change change, Throwable failure) {
        return append(fields(by, change).put("outcome", "failed"))
                .onFailure(unwritten -> LOG.atDebug().setCause(unwritten).log("audit record not written"))
                .transform(written -> Future.failedFuture(failure));
    }

    private Future<Void> append(JsonObject fields) {
        return audit.append(new AuditRecord(clock.instant(), "policy.changed", fields));
    }

    private static JsonObject fields(Caller by, Change change) {
        var fields = new JsonObject().put("caller", by.id()).put("name", by.name());
        by.keyId().ifPresent(key -> fields.put("key", key));
        return fields.put("address", by.address())
                .put("action", change.action())
                .put("rule", change.subject())
                .put("before", change.before())
                .put("after", change.after())
                .put("version", change.next().version());
    }

    private Future<Void> stored(Caller by, PolicyState held, Change change) {
        var row = new PolicyChangeRow(
                change.next().version(),
                clock.millis(),
                by.name(),
                change.action(),
                change.subject(),
                change.before().encode(),
                change.after().encode());
        return store.replace(held.version(), change.next().row(), row)
                .compose(
                        done -> done
                                ? Future.succeededFuture()
                                : Future.failedFuture(
                                        new ToolException(
                                                Reason.CONFLICT,
                                                "somebody else changed the policy at the same time; nothing was done, look at it and try again")));
    }

    private void poll() {
        store.version()
                .compose(version -> version == policy.version() ? Future.succeededFuture() : refresh())
                .onFailure(failure ->
                        LOG.atError().setCause(failure).log("the policy cannot be read, the one of before holds"));
    }

    private Future<Void> refresh() {
        return store.load().map(PolicyState::of).map(this::install).mapEmpty();
    }

    private synchronized PolicyState install(PolicyState read) {
        if (read.version() >= policy.version()) {
            boolean isNew = read.version() > policy.version();
            policy.install(read.compiled());
            if (isNew) {
                listeners.forEach(Runnable::run);
            }
        }
        return read;
    }
}
