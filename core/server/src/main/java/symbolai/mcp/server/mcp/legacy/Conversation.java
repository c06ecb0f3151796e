package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.mcp.ClientProfile;

/** What is known of one client between its handshake and its end, whatever carries the messages. */
final class Conversation {

    /** Before a client sets a level, it is sent what most people want to see. */
    private static final CallLog.Level DEFAULT_LEVEL = CallLog.Level.INFO;

    private final LegacyClient client;
    private final String door;
    private final OpenQuestions questions;
    private final Function<Settings, Future<Void>> keeper;
    private final OpenPages pages = new OpenPages();
    private final CallsInFlight calls = new CallsInFlight();
    private volatile Settings settings;
    private volatile Optional<Caller> caller = Optional.empty();

    /**
     * A conversation.
     *
     * @param door how the client comes in, see {@link ClientProfile#door}
     * @param settings what was set before
     * @param keeper stores what is set from now on
     */
    Conversation(
            LegacyClient client,
            String door,
            OpenQuestions questions,
            Settings settings,
            Function<Settings, Future<Void>> keeper) {
        this.client = client;
        this.door = door;
        this.questions = questions;
        this.settings = settings;
        this.keeper = keeper;
    }

    LegacyClient client() {
        return client;
    }

    OpenQuestions questions() {
        return questions;
    }

    OpenPages pages() {
        return pages;
    }

    CallsInFlight calls() {
        return calls;
    }

    Settings settings() {
        return settings;
    }

    ClientProfile profile() {
        return new ClientProfile(
                client.version(),
                client.capabilities(),
                client.name(),
                Optional.of(settings.logLevel().orElse(DEFAULT_LEVEL)),
                door);
    }

    /** Whoever sent what came last; the rights of others do not count. */
    void cameFrom(Caller sender) {
        caller = Optional.of(sender);
    }

    /** Who follows the resource; nobody when it is not followed. */
    Optional<Caller> follower(String uri) {
        return settings.subscriptions().contains(uri) ? caller : Optional.empty();
    }

    /** Changes what is set; succeeds when it is stored. */
    Future<Void> change(UnaryOperator<Settings> change) {
        return keeper.apply(changed(change));
    }

    /** Cancels what goes on. */
    void end() {
        calls.cancelAll();
        questions.cancelAll();
    }

    private synchronized Settings changed(UnaryOperator<Settings> change) {
        settings = change.apply(settings);
        return settings;
    }
}
