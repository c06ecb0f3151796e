package symbolai.mcp.server.http;

import io.vertx.core.http.HttpServerRequest;
import symbolai.mcp.api.Streamed;
import symbolai.mcp.server.rest.Attachment;

/** Writes a download as fast as its client reads. One that fails half-way must not look complete, so the connection is cut. */
public final class DownloadWriter {

    private final Streamed download;

    public DownloadWriter(Streamed download) {
        this.download = download;
    }

    /** Answers the request; the stream is closed when the client leaves. */
    public void write(HttpServerRequest request) {
        var response = request.response();
        var body = download.body();
        if (response.closed()) {
            body.close();
            return;
        }
        new Attachment(download).headers().forEach(response::putHeader);
        response.closeHandler(closed -> body.close());
        response.setChunked(true);
        body.pipe().endOnFailure(false).to(response).onFailure(failure -> Abandoned.end(request));
    }
}
