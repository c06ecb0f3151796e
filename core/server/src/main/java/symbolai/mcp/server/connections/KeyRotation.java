package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.crypto.Sealer;
import symbolai.mcp.server.crypto.WrongMasterKey;
import symbolai.mcp.server.store.SealStore;

/**
 * Sees to it that the master key opens what is stored, and puts a new one in place of it. At every moment all that is stored opens with a key
 * that is in the file: a new key is in the file before anything is sealed with it, and an old one is there until nothing is sealed with it.
 */
public final class KeyRotation {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final String CHECK = "vault-check";
    private static final int AT_ONCE = 50;

    private final Vertx vertx;
    private final MasterKey key;
    private final SealStore store;
    private final Vault vault;
    private final CredentialSeal credentials;
    private final Sealer sealer;
    private final VaultRecords records;
    private final List<Supplier<Future<Integer>>> others = new CopyOnWriteArrayList<>();
    private boolean rotating;

    public KeyRotation(Vertx vertx, MasterKey key, SealStore store, Vault vault, AuditLog audit, Clock clock) {
        this.vertx = vertx;
        this.key = key;
        this.store = store;
        this.vault = vault;
        this.credentials = new CredentialSeal(key);
        this.sealer = key.sealer(CHECK);
        this.records = new VaultRecords(audit, clock);
    }

    /**
     * What was done.
     *
     * @param resealed how many connections were sealed anew
     * @param damaged how many connections cannot be opened with any key, and stay as they are
     * @param next what the operator is to do now, in a sentence; empty when it is nothing
     */
    public record Rotated(int resealed, int damaged, String next) {}

    /** What another room keeps sealed is sealed anew too, before the older keys are forgotten; tells how many. */
    public void alsoReseal(Supplier<Future<Integer>> room) {
        others.add(room);
    }

    /** Fails with {@link WrongMasterKey} when what is stored was sealed with another key. */
    public Future<Void> check() {
        return store.check(this::sealedCheck).compose(this::opens);
    }

    /** Goes on where a rotation was interrupted, or where the operator has put a new key into the file. */
    public Future<Void> resume() {
        return key.hasOlder() ? finish().onSuccess(KeyRotation::log).mapEmpty() : Future.succeededFuture();
    }

    /** Takes a new key: one that it makes, or in an operator's own file the one that the operator has put there. */
    public Future<Rotated> rotate() {
        if (!begin()) {
            return Future.failedFuture(
                    new ToolException(Reason.CONFLICT, "the key is being rotated already; wait until that is done"));
        }
        return records.rotated()
                .compose(written -> vertx.executeBlocking(this::renew))
                .compose(renewed -> finish())
                .onSuccess(KeyRotation::log)
                .onComplete(ended -> end());
    }

    private synchronized boolean begin() {
        boolean first = !rotating;
        rotating = true;
        return first;
    }

    private synchronized void end() {
        rotating = false;
    }

    private String sealedCheck() {
        return sealer.seal(CHECK.getBytes(StandardCharsets.UTF_8), CHECK);
    }

    private Future<Void> opens(String sealed) {
        return sealer.open(sealed, CHECK).isPresent()
                ? Future.succeededFuture()
                : Future.failedFuture(new WrongMasterKey("the master key in " + key.place()
                        + " is not the one that this data folder was sealed with, so the server does not start; put the"
                        + " right key back into that file, from your copy of it (an older key may stand on a line below"
                        + " the newest)"));
    }

    private @Nullable Void renew() {
        if (key.isOurs()) {
            if (!key.hasOlder()) {
                key.renew();
            }
        } else if (!reread() && !key.hasOlder()) {
            throw new ToolException(
                    Reason.CONFLICT,
                    "the master key in " + key.place()
                            + " is your own file, which the server never writes: put a new key"
                            + " on its first line, leave the old one on the second, and ask again");
        }
        return null;
    }

    private boolean reread() {
        try {
            return key.reread();
        } catch (IllegalStateException missing) {
            throw new ToolException(Reason.CONFLICT, String.valueOf(missing.getMessage()));
        }
    }

    /** From here on everything new is sealed with the newest key, so what is older can only become less. */
    private Future<Rotated> finish() {
        return store.replaceCheck(this::sealedCheck)
                .compose(replaced ->
                        Future.all(others.stream().map(Supplier::get).toList()))
                .compose(resealed -> reseal("", 0, 0))
                .compose(done -> vault.reload().map(done))
                .compose(this::forget);
    }

    private Future<Rotated> reseal(String after, int resealed, int damaged) {
        return store.reseal(key.newest(), after, AT_ONCE, credentials::anew).compose(step -> {
            int all = resealed + step.resealed();
            int bad = damaged + step.damaged().size();
            step.damaged()
                    .forEach(id -> LOG.atWarn()
                            .addKeyValue("connection", id)
                            .log("stored credentials cannot be opened with any key"));
            return step.last()
                    .map(last -> reseal(last, all, bad))
                    .orElseGet(() -> Future.succeededFuture(new Rotated(all, bad, "")));
        });
    }

    private Future<Rotated> forget(Rotated done) {
        if (key.isOurs()) {
            return store.older(key.newest())
                    .compose(older -> older > done.damaged()
                            ? Future.failedFuture(new ToolException(
                                    Reason.UNAVAILABLE,
                                    "some connections are still sealed with the old key; ask again"))
                            : vertx.executeBlocking(this::forgetOlder).map(done));
        }
        return Future.succeededFuture(new Rotated(
                done.resealed(),
                done.damaged(),
                "Everything is sealed with the first key in " + key.place()
                        + " now; the lines below it may be removed, which ends the sessions that began before."));
    }

    private @Nullable Void forgetOlder() {
        key.forgetOlder();
        return null;
    }

    private static void log(Rotated done) {
        LOG.atInfo()
                .addKeyValue("resealed", done.resealed())
                .addKeyValue("damaged", done.damaged())
                .log(
                        done.next().isEmpty()
                                ? "master key rotated"
                                : "master key rotated, the older lines of its file may go");
    }
}
