package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import java.util.List;
import symbolai.mcp.server.store.SignInRow;

/** Makes known which sign-ins something else than a sign-out has ended: what is open with them ends at once, and each is recorded. */
public final class EndedSignIns {

    private final SignInLog log;
    private final Revocations revocations;

    public EndedSignIns(SignInLog log, Revocations revocations) {
        this.log = log;
        this.revocations = revocations;
    }

    /** Fails when one cannot be recorded; they have ended all the same. */
    Future<Void> tell(List<SignInRow> ended, String why) {
        ended.forEach(row -> tell(row.id(), why));
        return Future.join(ended.stream().map(row -> log.ended(row, why)).toList())
                .mapEmpty();
    }

    /** The same of one that is recorded already. */
    void tell(String id, String why) {
        revocations.credentialEnded(id, why);
    }
}
