package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;

/** Makes peers, and lets them hear of changes while they are connected. */
final class Peers {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final Handshake handshake;
    private final LegacyMethods methods;
    private final Announcements announcements;
    private final JsonRpcCodec codec;
    private final Nonces nonces;

    Peers(
            Vertx vertx,
            Handshake handshake,
            LegacyMethods methods,
            Announcements announcements,
            JsonRpcCodec codec,
            Nonces nonces) {
        this.vertx = vertx;
        this.handshake = handshake;
        this.methods = methods;
        this.announcements = announcements;
        this.codec = codec;
        this.nonces = nonces;
    }

    /** A peer that begins with initialize. */
    Peer connect(String door, Outlet outlet) {
        Peer peer = new Peer(handshake, methods, codec, client -> conversation(client, door), outlet);
        announcements.add(peer);
        return peer;
    }

    /** The peer is gone. */
    void disconnect(Peer peer) {
        announcements.remove(peer);
        peer.end();
    }

    private Conversation conversation(LegacyClient client, String door) {
        OpenQuestions questions = new OpenQuestions(vertx, codec, PATIENCE, nonces.next() + "-");
        return new Conversation(client, door, questions, Settings.NONE, settings -> Future.succeededFuture());
    }
}
