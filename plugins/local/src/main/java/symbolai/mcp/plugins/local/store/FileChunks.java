package symbolai.mcp.plugins.local.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import symbolai.mcp.api.FamilyContext;

/** Gives the bytes of an open file. */
final class FileChunks implements Chunks {

    private static final int PIECE = 64 * 1024;

    private final FamilyContext context;
    private final FileChannel channel;

    FileChunks(FamilyContext context, FileChannel channel) {
        this.context = context;
        this.channel = channel;
    }

    @Override
    public Future<Optional<Buffer>> next() {
        return context.blocking(this::read);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("an open file cannot be closed", failure);
        }
    }

    private Optional<Buffer> read() throws IOException {
        var buffer = ByteBuffer.allocate(PIECE);
        var length = channel.read(buffer);
        return length < 0 ? Optional.empty() : Optional.of(Buffer.buffer().appendBytes(buffer.array(), 0, length));
    }
}
