package symbolai.mcp.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.server.jsonrpc.JsonRpcException;

class PagesTest {

    private final Pages pages = new Pages();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 249, 250, 251, 500, 501, 1000})
    void everyItemIsOnOnePage(int size) {
        var all = IntStream.range(0, size).boxed().toList();
        var seen = new ArrayList<Integer>();
        var cursor = Optional.<String>empty();
        int count = 0;

        do {
            var page = pages.page(all, pages.start(cursor));
            seen.addAll(page.items());
            cursor = page.next();
            count++;
        } while (cursor.isPresent());

        assertThat(seen).isEqualTo(all);
        assertThat(count).isEqualTo(Math.max(1, (size + Pages.LENGTH - 1) / Pages.LENGTH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "250",
                "ZnJvbToy",
                "ZnJvbTowCg",
                "ZnJvbTotMjUw",
                "ZnJvbToyNTA=x",
                "\u00e4",
                "bnVsbA",
                "ZnJvbTo5OTk5OTk5OTk5OTk"
            })
    void otherCursorsAreRefused(String cursor) {
        assertThatThrownBy(() -> pages.start(Optional.of(cursor))).isInstanceOf(JsonRpcException.class);
    }

    @Test
    void aCursorBehindTheEndIsRefused() {
        var next = pages.page(IntStream.range(0, 251).boxed().toList(), 0).next();

        assertThatThrownBy(() -> pages.page(List.of(1), pages.start(next))).isInstanceOf(JsonRpcException.class);
    }
}
