package symbolai.mcp.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Streamed;

class AttachmentTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "shop.sql|filename=\"shop.sql\"; filename*=UTF-8''shop.sql",
                "a b.sql|filename=\"a b.sql\"; filename*=UTF-8''a%20b.sql",
                "../../etc/passwd|filename=\"passwd\"; filename*=UTF-8''passwd",
                "..\\..\\boot.ini|filename=\"boot.ini\"; filename*=UTF-8''boot.ini",
                ".bashrc|filename=\"bashrc\"; filename*=UTF-8''bashrc",
                "^^|filename=\"download\"; filename*=UTF-8''download",
                "/|filename=\"download\"; filename*=UTF-8''download",
                "x\"; filename=\"y|filename=\"x__ filename__y\"; filename*=UTF-8''x%22%3B%20filename%3D%22y",
                "日本.csv|filename=\"__.csv\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.csv",
                "😀.csv|filename=\"_.csv\"; filename*=UTF-8''%F0%9F%98%80.csv",
            })
    void aNameIsForEverybody(String name, String disposition) {
        assertThat(new Attachment(streamed("text/plain", name)).headers())
                .containsEntry("Content-Disposition", "attachment; " + disposition);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\rb", "a\nb", "a\u202eb"})
    void whatIsNotSeenIsLeftOut(String name) {
        assertThat(new Attachment(streamed("text/plain", name)).headers())
                .containsEntry("Content-Disposition", "attachment; filename=\"ab\"; filename*=UTF-8''ab");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/csv|text/csv",
                "application/vnd.api+json|application/vnd.api+json",
                "text/html; charset=utf-8|application/octet-stream",
                "nonsense|application/octet-stream",
                "a/b/c|application/octet-stream",
            })
    void aTypeIsOneOrNothing(String type, String sent) {
        assertThat(new Attachment(streamed(type, "x")).headers()).containsEntry("Content-Type", sent);
    }

    private static Streamed streamed(String type, String name) {
        return new Streamed(type, name, new Nothing());
    }

    /** No bytes at all. */
    private static final class Nothing implements ByteStream {

        @Override
        public Nothing handler(Handler<Buffer> handler) {
            return this;
        }

        @Override
        public Nothing exceptionHandler(Handler<Throwable> handler) {
            return this;
        }

        @Override
        public Nothing endHandler(Handler<Void> handler) {
            return this;
        }

        @Override
        public Nothing pause() {
            return this;
        }

        @Override
        public Nothing resume() {
            return this;
        }

        @Override
        public Nothing fetch(long amount) {
            return this;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
