package symbolai.mcp.server.mcp.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {

    private final List<String> lines = new ArrayList<>();
    private final LineSplitter splitter =
            new LineSplitter(8, line -> lines.add(line.toString()), () -> lines.add("TOO LONG"));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100})
    void linesAreTheSameHoweverTheyCome(int piece) {
        var text = "one\n\ntwo\u00e9\nthree";
        var bytes = Buffer.buffer(text);

        for (var i = 0; i < bytes.length(); i += piece) {
            splitter.take(bytes.slice(i, Math.min(bytes.length(), i + piece)));
        }
        splitter.end();

        assertThat(lines).containsExactly("one", "", "two\u00e9", "three");
    }

    @Test
    void aLineThatIsTooLongIsLeftOutAndTheNextIsRead() {
        splitter.take(Buffer.buffer("12345678\n123456789\nok\n"));
        splitter.take(Buffer.buffer("123456"));
        splitter.take(Buffer.buffer("789"));
        splitter.take(Buffer.buffer("0\nok2\n"));

        assertThat(lines).containsExactly("12345678", "TOO LONG", "ok", "TOO LONG", "ok2");
    }

    @Test
    void theEndOfALongLineIsSaidOnce() {
        splitter.take(Buffer.buffer("123456789"));
        splitter.end();
        splitter.end();

        assertThat(lines).containsExactly("TOO LONG");
    }

    @Test
    void whatWasHandedOutIsNotChangedLater() {
        var kept = new ArrayList<Buffer>();
        var keeping = new LineSplitter(8, kept::add, () -> {});

        keeping.take(Buffer.buffer("a\nb\n"));

        assertThat(kept).extracting(Buffer::toString).containsExactly("a", "b");
    }
}
