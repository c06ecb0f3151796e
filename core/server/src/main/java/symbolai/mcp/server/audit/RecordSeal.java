package symbolai.mcp.server.audit;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.AuditConfig.Arguments;

/** Decides what of a record is sealed, and puts it under {@code sealed}. */
final class RecordSeal {
    /** Who and where, and what may name others: rules and questions. Sealed when persons are. */
    private static final List<String> PERSON =
            List.of("name", "address", "client", "clientName", "before", "after", "query");

    /** Names of others than the caller, which are not kept when persons are sealed: their ids are. */
    private static final List<String> OTHERS = List.of("targetName", "userName");

    private static final int LONGEST = 1 << 16;

    private final SubjectKeys keys;
    private final AuditConfig config;

    RecordSeal(SubjectKeys keys, AuditConfig config) {
        this.keys = keys;
        this.config = config;
    }

    /** The record as it is written. */
    Future<AuditRecord> sealed(AuditRecord record) {
        var fields = record.fields().copy();
        var secret = new JsonObject();
        if (config.arguments() == Arguments.SEALED) {
            record.details().forEach(detail -> secret.put(detail.getKey(), detail.getValue()));
        }
        var caller = fields.getString("caller", "");
        if (config.sealPersons() && !caller.isEmpty()) {
            PERSON.stream().filter(fields::containsKey).forEach(name -> secret.put(name, fields.remove(name)));
            OTHERS.forEach(fields::remove);
        }
        if (secret.isEmpty() || caller.isEmpty()) {
            return Future.succeededFuture(new AuditRecord(record.at(), record.event(), fields));
        }
        return keys.seal(caller, bounded(secret))
                .map(text -> new AuditRecord(record.at(), record.event(), fields.put("sealed", text)));
    }

    /** Whether every record is written as it is. */
    boolean sealsNothing() {
        return config.arguments() == Arguments.HASH && !config.sealPersons();
    }

    private static JsonObject bounded(JsonObject secret) {
        var text = secret.encode();
        return text.length() <= LONGEST ? secret : new JsonObject().put("cut", text.substring(0, LONGEST));
    }
}
