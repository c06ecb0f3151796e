package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import symbolai.mcp.api.Operation.Access;
import symbolai.mcp.api.Reply;

/** Brings whole D1 databases out and in: in Cloudflare's API a file that is fetched or brought under a URL of its own. */
final class D1Transfers {

    private static final String DATABASE = "/accounts/{account}/d1/database/{database}";
    private static final String FILE = "/signed/{file}";
    private static final int MALFORMED = 7400;

    private final SignedFiles files;

    D1Transfers(SignedFiles files) {
        this.files = files;
    }

    List<V4Route> routes() {
        return List.of(
                V4Route.of("POST", DATABASE + "/export", this::export),
                V4Route.of("GET", FILE, this::download),
                V4Route.of("POST", DATABASE + "/import", this::bringIn),
                V4Route.of("PUT", FILE, V4Route.LARGE, this::upload));
    }

    /** The SQL is written when it is fetched. */
    private Future<V4Answer> export(V4Request request) {
        var id = D1Routes.databaseId(request);
        var options = request.object();
        return request.account()
                .read("d1.get", new JsonObject().put("databaseId", id))
                .map(found -> files.open(exportArguments(id, options)))
                .map(name -> exported(request, name))
                .recover(ErrorCodes.D1::failed);
    }

    private static JsonObject exportArguments(String id, JsonObject body) {
        var arguments = new JsonObject().put("databaseId", id);
        if (body.getValue("dump_options") instanceof JsonObject options) {
            arguments.put("schema", !Boolean.TRUE.equals(options.getValue("no_schema")));
            arguments.put("rows", !Boolean.TRUE.equals(options.getValue("no_data")));
            if (options.getValue("tables") instanceof JsonArray tables && !tables.isEmpty()) {
                arguments.put("tables", tables);
            }
        }
        return arguments;
    }

    private static V4Answer exported(V4Request request, String name) {
        return V4Answer.result(new JsonObject()
                .put("success", true)
                .put("type", "export")
                .put("status", "complete")
                .put("at_bookmark", name)
                .put("messages", new JsonArray())
                .put("result", new JsonObject().put("filename", name + ".sql").put("signed_url", url(request, name))));
    }

    private Future<V4Answer> download(V4Request request) {
        var file = files.find(request.variable("file"))
                .orElseThrow(() -> new V4Error(404, 7404, "there is no such file, or no longer"));
        return request.account()
                .reply("d1.export", file.about(), Access.READ)
                .map(D1Transfers::downloaded)
                .recover(ErrorCodes.D1::failed);
    }

    private static V4Answer downloaded(Reply reply) {
        return V4Answer.stream("application/sql", reply.body().orElseThrow());
    }

    private Future<V4Answer> bringIn(V4Request request) {
        var id = D1Routes.databaseId(request);
        var body = request.object();
        return switch (body.getString("action", "")) {
            case "init" ->
                request.account()
                        .read("d1.get", new JsonObject().put("databaseId", id))
                        .map(found -> files.open(new JsonObject().put("databaseId", id)))
                        .map(name -> invited(request, name))
                        .recover(ErrorCodes.D1::failed);
            case "ingest" -> ingest(request, id, body);
            case "poll" -> Future.failedFuture(new V4Error(400, MALFORMED, "Not currently importing anything."));
            default -> Future.failedFuture(new V4Error(400, MALFORMED, "action must be init, ingest or poll"));
        };
    }

    private static V4Answer invited(V4Request request, String name) {
        return V4Answer.result(new JsonObject()
                .put("success", true)
                .put("type", "import")
                .put("filename", name)
                .put("upload_url", url(request, name))
                .put("messages", new JsonArray()));
    }

    private Future<V4Answer> upload(V4Request request) {
        if (!files.bring(request.variable("file"), request.body())) {
            throw new V4Error(404, 7404, "there is no such file, or no longer");
        }
        return Future.succeededFuture(V4Answer.empty(200).with("ETag", "\"" + md5(request.body()) + "\""));
    }

    private Future<V4Answer> ingest(V4Request request, String id, JsonObject body) {
        var content = files.take(body.getString("filename", ""))
                .filter(file -> file.about().getString("databaseId").equals(id))
                .flatMap(SignedFiles.SignedFile::content)
                .filter(bytes -> md5(bytes).equalsIgnoreCase(body.getString("etag", "")));
        if (content.isEmpty()) {
            throw new V4Error(400, MALFORMED, "the file was not uploaded, or its MD5 is not the etag");
        }
        var sql = content.get().toString(StandardCharsets.UTF_8);
        return request.account()
                .write("d1.import", new JsonObject().put("databaseId", id).put("sql", sql))
                .map(D1Transfers::ingested)
                .recover(ErrorCodes.SQL::failed);
    }

    private static V4Answer ingested(JsonObject reply) {
        var bookmark = reply.getString("bookmark", "");
        var changes = reply.getLong("changes", 0L);
        var meta = new JsonObject()
                .put("duration", 0.0)
                .put("changes", changes)
                .put("changed_db", true)
                .put("last_row_id", 0)
                .put("rows_read", 0)
                .put("rows_written", changes)
                .put("size_after", reply.getLong("fileSize", 0L));
        return V4Answer.result(new JsonObject()
                .put("success", true)
                .put("type", "import")
                .put("status", "complete")
                .put("at_bookmark", bookmark)
                .put("messages", new JsonArray())
                .put(
                        "result",
                        new JsonObject()
                                .put("num_queries", reply.getInteger("statements", 0))
                                .put("final_bookmark", bookmark)
                                .put("meta", meta)));
    }

    private static String url(V4Request request, String name) {
        return request.base() + "/client/v4/signed/" + name;
    }

    private static String md5(Buffer bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes.getBytes()));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
