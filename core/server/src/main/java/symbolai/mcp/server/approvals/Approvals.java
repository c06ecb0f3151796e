package symbolai.mcp.server.approvals;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.approvals.Approval.Details;
import symbolai.mcp.server.approvals.Approval.State;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.config.ApprovalsConfig;
import symbolai.mcp.server.crypto.Sealer;
import symbolai.mcp.server.store.ApprovalRow;
import symbolai.mcp.server.store.ApprovalStore;
import symbolai.mcp.server.store.UserStore;

/** Approvals as a call sees them: asked for, waited for and used up once. All of it is in the store, so it survives a restart. */
public final class Approvals {

    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);
    private static final int MOST_OF_ONE_USER = 20;
    private static final int LARGEST = 256 << 10;
    private static final int ID_BYTES = 16;
    private static final Duration SWEEP = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofDays(30);

    private final Vertx vertx;
    private final ApprovalStore store;
    private final Deciders deciders;
    private final ApprovalCodec codec;
    private final ApprovalRecords records;
    private final ApprovalsConfig config;
    private final Clock clock;
    private final Waiting waiting;
    private final Decisions decisions;
    private final SecureRandom random = new SecureRandom();
    private long sweeping;

    public Approvals(
            Vertx vertx,
            ApprovalStore store,
            UserStore users,
            Sealer sealer,
            AuditLog audit,
            ApprovalsConfig config,
            Clock clock) {
        this.vertx = vertx;
        this.store = store;
        this.deciders = new Deciders(users);
        this.codec = new ApprovalCodec(sealer);
        this.records = new ApprovalRecords(audit, clock);
        this.config = config;
        this.clock = clock;
        this.waiting = new Waiting(vertx);
        this.decisions = new Decisions(store, deciders, codec, records, waiting, clock);
    }

    /** Begins to end the requests whose time is over. */
    public Future<Void> start() {
        sweeping = vertx.setPeriodic(SWEEP.toMillis(), id -> sweep());
        return store.removeBefore(clock.instant().minus(KEPT).toEpochMilli()).mapEmpty();
    }

    /** Lets all who wait go on. */
    public Future<Void> close() {
        vertx.cancelTimer(sweeping);
        waiting.tellAll();
        return Future.succeededFuture();
    }

    /** The same for the people who decide. */
    public Decisions decisions() {
        return decisions;
    }

    /** The request for this very call that is not over, with what was decided of it. */
    public Future<Optional<Approval>> find(Proposal proposal) {
        return store.open(proposal.digest(), clock.millis()).compose(this::whole);
    }

    /** The request of an id, for the one who asked for it. */
    public Future<Optional<Approval>> find(String id, String requester) {
        return store.get(id)
                .map(row -> row.filter(known -> known.requester().equals(requester)))
                .compose(this::whole);
    }

    private Future<Optional<Approval>> whole(Optional<ApprovalRow> row) {
        return row.map(known -> store.votes(known.id())
                        .map(votes -> Optional.of(codec.approval(known, votes, clock.instant()))))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    /**
     * Asks for an approval, unless the same call is waiting for one already. Fails with a {@link ToolException}: REFUSED when there is nobody
     * who could give it, RATE_LIMITED when the caller has too many requests open.
     *
     * @param details what the call is exactly; asked for a new request only
     */
    public Future<Approval> request(Proposal proposal, Supplier<Future<Details>> details) {
        return deciders.enough(proposal.approvers(), proposal.caller().id())
                .compose(enough -> enough ? sized(proposal) : nobody(proposal))
                .compose(fits -> details.get())
                .compose(known -> add(row(proposal, known)))
                .compose(added -> find(proposal))
                .compose(found -> found.map(Future::succeededFuture).orElseGet(Approvals::tooMany));
    }

    private Future<Void> nobody(Proposal proposal) {
        var approvers = proposal.approvers();
        var number = approvers.required() == 1 ? "there is nobody else" : "there are fewer than two others";
        return refused(
                Reason.REFUSED,
                "you may not call %s without an approval (%s), and %s who could give it (%s); an admin can add one: symbolai-mcp user create"
                        .formatted(proposal.tool(), proposal.reason(), number, approvers.text()));
    }

    private static Future<Void> sized(Proposal proposal) {
        return proposal.arguments().toBuffer().length() <= LARGEST
                ? Future.succeededFuture()
                : refused(
                        Reason.REFUSED,
                        "%s needs an approval, and its arguments are too long for a person to read: at most %d KiB"
                                .formatted(proposal.tool(), LARGEST >> 10));
    }

    private ApprovalRow row(Proposal proposal, Details details) {
        var id = new byte[ID_BYTES];
        random.nextBytes(id);
        var now = clock.instant();
        return codec.row(HexFormat.of().formatHex(id), proposal, details, now, now.plus(config.expires()));
    }

    /** A request that is not in the audit log is none. */
    private Future<Boolean> add(ApprovalRow row) {
        return store.add(row, MOST_OF_ONE_USER)
                .compose(added -> added
                        ? records.requested(row)
                                .recover(failure ->
                                        store.remove(row.id()).transform(gone -> Future.failedFuture(failure)))
                                .map(true)
                        : Future.succeededFuture(false));
    }

    private static Future<Approval> tooMany() {
        return refused(
                Reason.RATE_LIMITED,
                "you have " + MOST_OF_ONE_USER + " calls waiting for approvals already; wait until some are decided");
    }

    /** Succeeds when something was decided of the request, or after that time, or when its own time is over. */
    public Future<Void> await(Approval approval, Duration most) {
        var left = Duration.between(clock.instant(), approval.expires());
        return waiting.on(approval.id(), left.compareTo(most) < 0 ? left : most);
    }

    /** Succeeds when the request waits for nobody any more: it was decided, or its time is over. */
    public Future<Void> settled(Approval approval) {
        var told = await(approval, config.expires());
        return find(approval.id(), approval.requester().id())
                .compose(now ->
                        now.map(Approval::state).filter(State.REQUESTED::equals).isPresent()
                                ? told.compose(again -> settled(approval))
                                : Future.succeededFuture());
    }

    /** Uses the approval up for this call; fails for all but the first, and when one byte is not as it was approved. */
    public Future<Void> use(Approval approval, Proposal proposal) {
        return deciders.stillEnough(approval)
                .compose(enough -> enough ? Future.succeededFuture() : reopened(approval.id()))
                .compose(enough -> store.use(approval.id(), proposal.digest(), clock.millis()))
                .compose(used -> used ? store.get(approval.id()) : spent(approval.id()))
                .compose(row -> row.map(records::used).orElseGet(Future::succeededFuture));
    }

    private Future<Void> reopened(String id) {
        return store.reopen(id)
                .compose(open -> refused(
                        Reason.CONFLICT,
                        "who gave the approval %s may not approve any more; nothing was done, and it waits for somebody else"
                                .formatted(id)));
    }

    /** Lets an approved call go on that asked its client something; each round once. */
    public Future<Void> goOn(String id, int round, Proposal proposal) {
        return store.goOn(id, proposal.digest(), round, clock.millis())
                .compose(first -> first ? Future.succeededFuture() : spent(id).mapEmpty());
    }

    private static Future<Optional<ApprovalRow>> spent(String id) {
        return refused(
                Reason.CONFLICT,
                "the approval %s was used already, has expired, or is for another call; nothing was done, call again without its state"
                        .formatted(id));
    }

    private static <T> Future<T> refused(Reason reason, String message) {
        return Future.failedFuture(new ToolException(reason, message));
    }

    /** Ends what is overdue; what cannot be written down is tried again. */
    Future<Void> sweep() {
        var now = clock.millis();
        return store.overdue(now)
                .compose(rows ->
                        Future.join(rows.stream().map(row -> expire(row, now)).toList()))
                .compose(ended -> store.removeBefore(clock.instant().minus(KEPT).toEpochMilli()))
                .onFailure(
                        failure -> LOG.atWarn().setCause(failure).log("requests for approvals not ended, trying again"))
                .mapEmpty();
    }

    private Future<Boolean> expire(ApprovalRow row, long now) {
        return records.expired(row)
                .compose(written -> store.expire(row.id(), now))
                .onSuccess(ended -> waiting.tell(row.id()));
    }
}
