package symbolai.mcp.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients are told to connect to is pasted into files and command lines, and must not become a command there. */
class PublicUrlTest {

    private static final String HARMLESS = "https?://[A-Za-z0-9.\\[\\]:_-]+(/[A-Za-z0-9._~-]+)*";

    static Stream<String> hostile() {
        var tricks = List.of(
                "\"",
                "'",
                "`",
                "$(id)",
                "${IFS}",
                "\\",
                "\n",
                "\r\n",
                "\t",
                "\0",
                " ",
                ";id",
                "|id",
                "&id",
                "<x>",
                "*",
                "?a=b",
                "#a",
                "@evil.com",
                "%0a",
                "%22",
                "%24(id)",
                "\u2028",
                "\u00e9",
                "{x}",
                "^",
                "!",
                "~(",
                "(id)",
                "=",
                ",",
                "..;/",
                "//x");
        var places = List.of(
                "https://mcp%s.example.com",
                "https://mcp.example.com%s",
                "https://mcp.example.com/%s",
                "https://mcp.example.com/a%sb",
                "https%s://mcp.example.com",
                "%shttps://mcp.example.com",
                "https:%s//mcp.example.com",
                "https://mcp.example.com:8443%s");
        var schemes = Stream.of(
                "javascript:alert(1)",
                "javascript://mcp.example.com/%0aalert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "vbscript:x",
                "about:blank",
                "ftp://mcp.example.com",
                "HTTPS://mcp.example.com",
                "https:mcp.example.com",
                "//mcp.example.com",
                "mcp.example.com",
                "https://",
                "https:///x",
                "https://:8443",
                "https://a:99999",
                "blob:https://x");
        return Stream.concat(
                tricks.stream().flatMap(trick -> places.stream().map(place -> place.replace("%s", trick))), schemes);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void row10NoValueBecomesACommand(String value) {
        Forms.publicUrl().read().apply(value).ifPresent(url -> {
            assertThat(url.toString()).matches(HARMLESS);
            assertThat(new HttpConfig("127.0.0.1", 1, Optional.of(url), List.of(), List.of(), true, 1).url(1))
                    .matches(HARMLESS);
        });
        Forms.host()
                .read()
                .apply(value)
                .ifPresent(host -> assertThat(
                                new HttpConfig(host, 1, Optional.empty(), List.of(), List.of(), true, 1).url(1))
                        .matches(HARMLESS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://mcp.example.com",
                "http://localhost:8420/",
                "https://[::1]:1/a/b-c.d_e~f",
                "https://10.0.0.5/base/"
            })
    void row10HonestUrlsAreTaken(String value) {
        assertThat(Forms.publicUrl().read().apply(value)).isPresent();
    }

    @Test
    void row10TheTableIsLong() {
        assertThat(hostile().count()).isGreaterThan(200);
    }
}
