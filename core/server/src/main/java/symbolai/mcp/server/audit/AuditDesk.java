package symbolai.mcp.server.audit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.store.AuditIndexRow;
import symbolai.mcp.server.store.AuditIndexStore;

/** Where auditors read the log. That they do is in the log before they see anything. */
public final class AuditDesk {
    private final Vertx vertx;
    private final Path folder;
    private final AuditLog log;
    private final AuditIndexStore index;
    private final SubjectKeys subjects;
    private final Callable<Verification> check;
    private final Clock clock;
    private final Follows follows;

    /**
     * @param check checks the whole log, and blocks
     */
    public AuditDesk(
            Vertx vertx,
            Path folder,
            AuditLog log,
            AuditIndexStore index,
            SubjectKeys subjects,
            Callable<Verification> check,
            Clock clock) {
        this.vertx = vertx;
        this.folder = folder;
        this.log = log;
        this.index = index;
        this.subjects = subjects;
        this.check = check;
        this.clock = clock;
        this.follows = new Follows(clock);
    }

    /** The newest records that are asked for, newest first, and the cursor behind which there may be more. */
    public Future<JsonObject> search(Caller caller, JsonObject fields) {
        var query = AuditQuery.of(fields);
        return read(caller, new JsonObject().put("what", "search").put("query", asked(fields)))
                .compose(recorded -> index.search(query.filter(), query.most()))
                .compose(rows -> records(rows).map(records -> found(rows, records, query.most())));
    }

    /** The records of rows of the index, as the log has them. */
    Future<JsonArray> records(List<AuditIndexRow> rows) {
        return vertx.executeBlocking(() -> lines(rows), false);
    }

    private static JsonObject found(List<AuditIndexRow> rows, JsonArray records, int most) {
        var answer = new JsonObject().put("records", records).put("count", records.size());
        return rows.size() < most
                ? answer
                : answer.put("cursor", String.valueOf(rows.get(rows.size() - 1).seq()));
    }

    /** One record with what was sealed in it, for as long as it can be opened. */
    public Future<JsonObject> record(Caller caller, long sequence) {
        return read(caller, new JsonObject().put("what", "record").put("target", String.valueOf(sequence)))
                .compose(recorded -> index.find(sequence))
                .compose(row -> row.map(known -> vertx.executeBlocking(() -> line(known), false))
                        .orElseGet(() -> Future.succeededFuture(Optional.empty())))
                .compose(record -> record.map(this::opened)
                        .orElseGet(() -> Future.failedFuture(new ToolException(
                                Reason.NOT_FOUND,
                                "there is no record " + sequence + " in the index; if it was written just now, ask"
                                        + " again, and if it should be there, run: symbolai-mcp audit rebuild"))));
    }

    private Future<JsonObject> opened(JsonObject record) {
        return record.getValue("sealed") instanceof String text
                        && record.getValue("caller") instanceof String caller
                        && ShownRecord.isGenuine(record)
                ? subjects.open(caller, text)
                        .map(details -> details.map(known -> record.put("details", known))
                                .orElseGet(() -> record.put("forgotten", true)))
                : Future.succeededFuture(record);
    }

    /** Checks the whole log. */
    public Future<Verification> verify(Caller caller) {
        return read(caller, new JsonObject().put("what", "verify")).compose(recorded -> checked());
    }

    Future<Verification> checked() {
        return vertx.executeBlocking(check, false);
    }

    /** The records after one, oldest first, for those who follow the log; that somebody begins to is recorded. */
    public Future<JsonObject> after(Caller caller, long sequence, int most) {
        var following = follows.goesOn(caller, sequence)
                ? Future.<Void>succeededFuture()
                : read(caller, new JsonObject().put("what", "tail").put("from", String.valueOf(sequence)));
        return following
                .compose(recorded -> vertx.executeBlocking(() -> Following.after(folder, sequence, most), false))
                .onSuccess(records -> follows.reached(caller, last(records, sequence)))
                .map(records -> new JsonObject().put("records", new JsonArray(records)));
    }

    private static long last(List<JsonObject> records, long before) {
        return records.isEmpty() ? before : records.get(records.size() - 1).getLong("seq");
    }

    /** Makes what is sealed about a user unreadable for ever; the records stay. */
    public Future<Void> forget(Caller caller, String user) {
        return log.append(new AuditRecord(
                        clock.instant(), "audit.forgotten", who(caller).put("target", user)))
                .compose(recorded -> subjects.forget(user))
                .compose(forgotten -> forgotten
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ToolException(
                                Reason.NOT_FOUND,
                                "nothing is sealed about a user with the id " + AsciiJson.quote(user))));
    }

    /** Makes the index anew; that somebody asked for it is in the log first. */
    public Future<Void> rebuild(Caller caller, Indexer indexer) {
        return log.append(new AuditRecord(clock.instant(), "audit.rebuilt", who(caller)))
                .compose(recorded -> indexer.rebuild());
    }

    /** Records that somebody reads; when the future has failed, nothing may be shown. */
    Future<Void> read(Caller caller, JsonObject what) {
        return log.append(
                new AuditRecord(clock.instant(), "audit.read", who(caller).mergeIn(what)));
    }

    static JsonObject who(Caller caller) {
        var fields = new JsonObject().put("caller", caller.id()).put("name", caller.name());
        caller.keyId().ifPresent(key -> fields.put("key", key));
        return fields.put("address", caller.address());
    }

    /** The questions as they were asked, without what is too long to keep. */
    private static JsonObject asked(JsonObject fields) {
        var kept = new JsonObject();
        fields.fieldNames().stream().sorted().limit(20).forEach(name -> {
            var text = AuditQuery.text(fields, name);
            if (name.length() <= 40 && !text.isEmpty()) {
                kept.put(name, text.length() <= 200 ? text : text.substring(0, 200) + "…");
            }
        });
        return kept;
    }

    private JsonArray lines(List<AuditIndexRow> rows) throws IOException {
        var records = new ArrayList<JsonObject>();
        for (var row : rows) {
            line(row).ifPresent(records::add);
        }
        return new JsonArray(records);
    }

    /** The record itself; empty when the file has gone since, and damaged when another one is at its place. */
    private Optional<JsonObject> line(AuditIndexRow row) throws IOException {
        var file = folder.resolve(row.file());
        if (Segment.of(file).isEmpty() || Files.notExists(file)) {
            return Optional.empty();
        }
        try (var reader = new SegmentReader(file, row.place())) {
            var found = reader.next()
                    .flatMap(line -> ChainLine.parse(line.text()))
                    .filter(line -> line.sequence() == row.seq());
            return Optional.of(found.map(new ShownRecord()::of).orElseGet(() -> ShownRecord.missing(row.seq())));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }
}
