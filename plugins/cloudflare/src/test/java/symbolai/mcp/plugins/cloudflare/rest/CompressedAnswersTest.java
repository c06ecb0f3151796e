package symbolai.mcp.plugins.cloudflare.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.faults.Answer;
import symbolai.mcp.plugins.cloudflare.faults.CloudAnswers;
import symbolai.mcp.plugins.cloudflare.faults.Sample;
import symbolai.mcp.plugins.cloudflare.faults.Samples;

/** Security row 25: answers that are small on the way, and large when they are unpacked. */
class CompressedAnswersTest {

    private static final int MEBIBYTES = Boolean.getBoolean("long") ? 1024 : 128;

    private static Answer bomb;

    @TempDir
    Path folder;

    @BeforeAll
    static void pack() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            var zeros = new byte[1 << 20];
            for (int i = 0; i < MEBIBYTES; i++) {
                gzip.write(zeros);
            }
        }
        assertThat(packed.size()).isLessThan(MEBIBYTES * 1100);
        bomb = new Answer(
                200,
                Map.of("content-type", "application/json", "content-encoding", "gzip"),
                Buffer.buffer(packed.toByteArray()));
    }

    /** A read is not worth another try; a write may have happened. Both count against the host. */
    @ParameterizedTest
    @CsvSource({"d1.list, ANSWER_TOO_LARGE", "d1.create, UNAVAILABLE"})
    void row25ABombIsUnpackedNoFurtherThanTheCap(String operation, Reason reason) {
        try (var cloud = new CloudFixture(folder, request -> bomb)) {
            var failure = cloud.failure(sample(operation));

            assertThat(failure).hasMessageContaining("more than 16777216 bytes");
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(cloud.seen()).hasSize(1);
        }
    }

    @Test
    void row25TheNextAnswerIsReadAsEver() {
        var good = new CloudAnswers();
        var first = new AtomicBoolean(true);
        try (var cloud = new CloudFixture(folder, request -> first.getAndSet(false) ? bomb : good.apply(request))) {
            cloud.failure(sample("d1.get"));

            assertThat(cloud.reply(sample("d1.get")).json().encode()).contains(Samples.DATABASE);
        }
    }

    private static Sample sample(String operation) {
        return Samples.all().stream()
                .filter(each -> each.operation().equals(operation))
                .findFirst()
                .orElseThrow();
    }
}
