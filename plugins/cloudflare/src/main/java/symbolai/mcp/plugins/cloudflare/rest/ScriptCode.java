package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.plugins.cloudflare.backend.HttpReply;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;
import symbolai.mcp.plugins.cloudflare.backend.Shape;

/** Reads the modules of a Worker, which come as a form of several parts, or as one script. */
final class ScriptCode {

    private static final int MOST_MODULES = 2000;

    private ScriptCode() {}

    static JsonObject read(HttpReply reply, int maxBytes) {
        var main = reply.header("cf-entrypoint").filter(name -> !name.isEmpty());
        var parts = new ArrayList<>(parts(reply, main.orElse("worker.js")));
        main.ifPresent(
                name -> parts.sort(Comparator.comparing(part -> !part.name().equals(name))));
        var modules = new JsonArray();
        long bytesLeft = maxBytes;
        for (var part : parts) {
            bytesLeft -= part.content().length();
            if (bytesLeft >= 0) {
                modules.add(module(part));
            }
        }
        return new Shape()
                .put("modules", modules)
                .put("truncated", modules.size() < parts.size())
                .maybe("mainModule", main)
                .json();
    }

    private static JsonObject module(MultipartReader.Part part) {
        return new JsonObject()
                .put("name", part.name())
                .put("contentType", part.mediaType())
                .mergeIn(Octets.of(part.content(), part.content().length()));
    }

    private static List<MultipartReader.Part> parts(HttpReply reply, String only) {
        if (!reply.mediaType().equals("multipart/form-data")) {
            return List.of(script(reply, only));
        }
        var boundary = boundary(reply.header("content-type").orElse(""))
                .orElseThrow(() -> new Malformed("it has parts without a boundary"));
        return MultipartReader.read(reply.body(), boundary, MOST_MODULES);
    }

    /** An old Worker is one script; a page of HTML is none. */
    private static MultipartReader.Part script(HttpReply reply, String name) {
        if (!reply.mediaType().contains("javascript")) {
            throw new Malformed("it is no script");
        }
        return new MultipartReader.Part(
                name, reply.mediaType(), Buffer.buffer(reply.body().getBytes()));
    }

    private static Optional<String> boundary(String type) {
        var at = type.indexOf("boundary=");
        if (at < 0) {
            return Optional.empty();
        }
        var rest = type.substring(at + "boundary=".length());
        var end = rest.indexOf(';');
        var value = (end < 0 ? rest : rest.substring(0, end)).strip().replace("\"", "");
        return value.isEmpty() || value.length() > 200 ? Optional.empty() : Optional.of(value);
    }
}
