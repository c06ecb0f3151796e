package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.HttpReply;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;
import symbolai.mcp.plugins.cloudflare.backend.Quotation;
import symbolai.mcp.plugins.cloudflare.backend.Shape;

/** Takes whole D1 databases out and files of SQL in; D1 works on both by itself and is asked how far it is. */
final class D1Files implements Api {

    private static final String DONE_LONG_AGO = "not currently importing";

    private final RestClient client;
    private final SignedUrls urls;

    D1Files(RestClient client, SignedUrls urls) {
        this.client = client;
        this.urls = urls;
    }

    @Override
    public Map<String, Download> downloads() {
        return Map.of("d1.export", this::export);
    }

    @Override
    public Map<String, Handler> writes() {
        return Map.of("d1.import", this::load);
    }

    private Future<Reply> export(Operation operation) {
        var arguments = operation.arguments();
        var options = new JsonObject()
                .put("no_schema", !arguments.getBoolean("schema", true))
                .put("no_data", !arguments.getBoolean("rows", true));
        Optional.ofNullable(arguments.getJsonArray("tables")).ifPresent(tables -> options.put("tables", tables));
        var body = new Shape()
                .put("output_format", "polling")
                .put("dump_options", options)
                .maybe("current_bookmark", Optional.ofNullable(arguments.getString("bookmark")))
                .json();
        var request = RestRequest.post("d1", "database", D1Api.id(operation), "export")
                .json(body);
        return client.send(operation, request, Envelope::object).compose(state -> exported(operation, state));
    }

    private Future<Reply> exported(Operation operation, Fields state) {
        if (state.text("status").orElse("").equals("error")) {
            return Future.failedFuture(failed("export", state));
        }
        if (!state.text("status").orElse("").equals("complete")) {
            return running(state).map(Reply::new);
        }
        var file = state.object("result").flatMap(result -> result.filled("signed_url"));
        if (file.isEmpty()) {
            return Future.failedFuture(unusable("the export is complete, but its answer has no signed_url"));
        }
        var name = state.object("result").flatMap(result -> result.filled("filename"));
        return Future.succeededFuture(file.get())
                .compose(url -> urls.read(operation, url))
                .map(reply -> download(reply, name))
                .recover(failure -> Future.failedFuture(readable(failure)));
    }

    private static Reply download(HttpReply reply, Optional<String> name) {
        var length = reply.header("content-length")
                .filter(value -> value.matches("\\d{1,18}"))
                .map(Long::valueOf);
        var json = new Shape()
                .put("status", "complete")
                .maybe("fileName", name)
                .maybe("bytes", length)
                .json();
        return new Reply(json, reply.stream());
    }

    /** Sent with the SQL it begins an import; with a bookmark it asks how far that is. */
    private Future<JsonObject> load(Operation operation) {
        var bookmark = Optional.ofNullable(operation.arguments().getString("bookmark"));
        if (bookmark.isPresent()) {
            var poll = new JsonObject().put("action", "poll").put("current_bookmark", bookmark.get());
            return client.send(operation, request(operation, poll).asReading(), Envelope::object)
                    .compose(D1Files::imported);
        }
        var sql = Buffer.buffer(operation.arguments().getString("sql"));
        var etag = md5(sql);
        var init = new JsonObject().put("action", "init").put("etag", etag);
        return client.send(operation, request(operation, init).asReading(), Envelope::object)
                .compose(state -> uploaded(operation, state, sql, etag))
                .compose(file -> ingested(operation, file, etag))
                .compose(D1Files::imported)
                .recover(failure -> Future.failedFuture(readable(failure)));
    }

    /** Without an upload URL the file is there already. */
    private Future<String> uploaded(Operation operation, Fields state, Buffer sql, String etag) {
        var file = state.required("filename");
        var url = state.filled("upload_url");
        return url.isEmpty()
                ? Future.succeededFuture(file)
                : urls.write(operation, url.get(), sql)
                        .compose(reply -> arrived(reply, etag))
                        .map(done -> file);
    }

    private static Future<Void> arrived(HttpReply reply, String etag) {
        var given = reply.header("etag").map(value -> value.replace("\"", ""));
        return given.isEmpty() || given.get().equals(etag)
                ? Future.succeededFuture()
                : Future.failedFuture(unusable("the SQL arrived damaged at Cloudflare's storage; nothing was run"));
    }

    private Future<Fields> ingested(Operation operation, String file, String etag) {
        var ingest = new JsonObject().put("action", "ingest").put("etag", etag).put("filename", file);
        return client.send(operation, request(operation, ingest), Envelope::object);
    }

    private static RestRequest request(Operation operation, JsonObject body) {
        return RestRequest.post("d1", "database", D1Api.id(operation), "import").json(body);
    }

    private static Future<JsonObject> imported(Fields state) {
        var status = state.text("status").orElse("");
        var late = state.text("error").orElse("").toLowerCase(Locale.ROOT).contains(DONE_LONG_AGO);
        if (status.equals("error") && !late) {
            return Future.failedFuture(failed("import", state));
        }
        return status.equals("complete") || late ? Future.succeededFuture(complete(state)) : running(state);
    }

    private static JsonObject complete(Fields state) {
        var result = state.object("result");
        var meta = result.flatMap(found -> found.object("meta"));
        return new Shape()
                .put("status", "complete")
                .put("atomic", true)
                .maybe("statements", result.flatMap(found -> found.count("num_queries")))
                .maybe("changes", meta.flatMap(found -> found.count("changes")))
                .maybe("fileSize", meta.flatMap(found -> found.count("size_after")))
                .maybe("bookmark", result.flatMap(found -> found.filled("final_bookmark")))
                .json();
    }

    private static Future<JsonObject> running(Fields state) {
        var bookmark = state.filled("at_bookmark");
        return bookmark.isPresent()
                ? Future.succeededFuture(
                        new JsonObject().put("status", "running").put("bookmark", bookmark.get()))
                : Future.failedFuture(unusable("it goes on, but the answer has no at_bookmark to ask again with"));
    }

    private static ToolException failed(String what, Fields state) {
        var said = Quotation.of(state.text("error").orElse("it does not say why"), Optional.empty());
        return new ToolException(Reason.INVALID, "the %s failed in D1: %s".formatted(what, said));
    }

    private static Throwable readable(Throwable failure) {
        return failure instanceof Malformed malformed ? unusable(malformed.what()) : failure;
    }

    private static ToolException unusable(String what) {
        return new ToolException(Reason.UNAVAILABLE, "Cloudflare gave an answer that cannot be used: " + what);
    }

    /** Not for safety: D1 names files by it. */
    private static String md5(Buffer bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes.getBytes()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
