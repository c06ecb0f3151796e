package symbolai.mcp.server.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.CopyOptions;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClientResponse;
import java.nio.file.Path;

/** A file that a download goes into: it is there when the download is complete, and not before. */
final class DownloadedFile {

    private final Vertx vertx;
    private final Path file;

    DownloadedFile(Vertx vertx, Path file) {
        this.vertx = vertx;
        this.file = file;
    }

    /** Reads the response to its end. */
    Future<Void> take(HttpClientResponse response) {
        var part = file + ".part";
        var files = vertx.fileSystem();
        var pipe = response.pipe().endOnFailure(false);
        return files.open(part, new OpenOptions().setTruncateExisting(true))
                .onFailure(unopened -> pipe.close())
                .compose(opened -> pipe.to(opened).onFailure(cut -> opened.close()))
                .compose(written -> files.move(part, file.toString(), new CopyOptions().setReplaceExisting(true)))
                .recover(failure -> files.delete(part).transform(gone -> Future.failedFuture(failed(failure))));
    }

    private CommandFailed failed(Throwable failure) {
        return new CommandFailed(
                CommandFailed.FAILED,
                "The download into " + file + " did not come to its end: " + failure.getMessage());
    }
}
