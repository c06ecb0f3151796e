package symbolai.mcp.server.audit;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import symbolai.mcp.server.store.AuditIndexRow;

/** Makes a row of the index of a line of a segment. */
final class IndexedLine {
    private static final List<String> WORDS = List.of(
            "event",
            "name",
            "caller",
            "key",
            "client",
            "address",
            "tool",
            "target",
            "targetName",
            "reason",
            "rule",
            "upstream");

    private IndexedLine() {}

    /** The row; empty for what is no record, which the check of the chain finds. */
    static Optional<AuditIndexRow> of(String text, String file, long place) {
        return ChainLine.parse(text)
                .flatMap(line -> line.at()
                        .flatMap(at -> line.json().map(record -> row(line.sequence(), at, record, file, place))));
    }

    private static AuditIndexRow row(long sequence, Instant at, JsonObject record, String file, long place) {
        return new AuditIndexRow(
                sequence,
                at.toEpochMilli(),
                text(record, "event"),
                text(record, "caller"),
                text(record, "client"),
                text(record, "tool"),
                text(record, "outcome"),
                text(record, "decision"),
                text(record, "rule"),
                text(record, "address"),
                text(record, "account"),
                text(record, "database"),
                text(record, "approval"),
                words(record),
                file,
                place);
    }

    private static String words(JsonObject record) {
        return WORDS.stream()
                .map(name -> text(record, name))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "))
                .toLowerCase(Locale.ROOT);
    }

    private static String text(JsonObject record, String name) {
        return record.getValue(name) instanceof String text ? text : "";
    }
}
