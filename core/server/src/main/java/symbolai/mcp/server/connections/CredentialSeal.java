package symbolai.mcp.server.connections;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.crypto.Sealer;
import symbolai.mcp.server.store.ConnectionRow;

/** Seals the credentials of a connection so that they open for this row, this owner and this connector only. */
final class CredentialSeal {

    private final Sealer sealer;

    CredentialSeal(MasterKey key) {
        this.sealer = key.sealer("vault");
    }

    /** The row with the credentials sealed. */
    ConnectionRow seal(ConnectionRow row, Credentials credentials) {
        var values = new JsonObject();
        credentials.values().forEach((name, value) -> values.put(name, value.reveal()));
        return row.sealedAs(sealer.seal(values.toBuffer().getBytes(), belongsTo(row)));
    }

    /** The credentials of a row; empty when it was changed, or sealed with a key that is not known. */
    Optional<Credentials> open(ConnectionRow row) {
        return sealer.open(row.sealed(), belongsTo(row)).map(CredentialSeal::credentials);
    }

    /** The same credentials sealed with the newest key; empty when they cannot be opened. */
    Optional<String> anew(ConnectionRow row) {
        return sealer.open(row.sealed(), belongsTo(row)).map(plain -> sealer.seal(plain, belongsTo(row)));
    }

    private static Credentials credentials(byte[] plain) {
        return new Credentials(new JsonObject(Buffer.buffer(plain))
                .stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, value -> new Secret(String.valueOf(value.getValue())))));
    }

    private static String belongsTo(ConnectionRow row) {
        return new JsonArray()
                .add("connection")
                .add(row.id())
                .add(row.owner())
                .add(row.connector())
                .encode();
    }
}
