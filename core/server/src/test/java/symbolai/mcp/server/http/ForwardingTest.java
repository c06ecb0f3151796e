package symbolai.mcp.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardingTest {

    private final Forwarding forwarding = new Forwarding(List.of("10.0.0.0/8", "::1"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // peer | X-Forwarded-For | the client
                "192.0.2.1 | - | 192.0.2.1",
                "192.0.2.1 | 203.0.113.9 | 192.0.2.1",
                "10.0.0.1 | 203.0.113.9 | 203.0.113.9",
                "10.0.0.1 | - | 10.0.0.1",
                "10.0.0.1 | 198.51.100.7, 203.0.113.9 | 203.0.113.9",
                "10.0.0.1 | 203.0.113.9, 10.2.2.2 | 203.0.113.9",
                "10.0.0.1 | 10.1.1.1, 10.2.2.2 | 10.1.1.1",
                "10.0.0.1 | unknown | 10.0.0.1",
                "10.0.0.1 | 203.0.113.9, evil | 10.0.0.1",
                "10.0.0.1 | '203.0.113.9 ' | 203.0.113.9",
                "::1 | 2001:db8::5 | 2001:db8::5",
            })
    void onlyListedProxiesAreBelieved(String peer, String forwarded, String client) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        if (forwarded != null) {
            headers.add("X-Forwarded-For", forwarded);
        }

        assertThat(forwarding
                        .original(peer, "http", headers.getAll("Host"), headers)
                        .address())
                .isEqualTo(client);
    }

    @Test
    void schemeHostAndPrefixComeFromTheProxy() {
        var headers = MultiMap.caseInsensitiveMultiMap()
                .add("Host", "inner:8420")
                .add("X-Forwarded-Proto", "https")
                .add("X-Forwarded-Host", "mcp.example.com")
                .add("X-Forwarded-Prefix", "/tools/mcp");

        assertThat(forwarding.original("10.0.0.1", "http", headers.getAll("Host"), headers))
                .isEqualTo(new Original("10.0.0.1", "https", List.of("mcp.example.com"), "/tools/mcp"));
        assertThat(forwarding.original("192.0.2.1", "http", headers.getAll("Host"), headers))
                .isEqualTo(new Original("192.0.2.1", "http", List.of("inner:8420"), ""));
    }

    @ParameterizedTest
    @CsvSource({"//evil.com", "/a/../b", "a", "/", "https://evil.com", "/a b", "/a?x=1", "/a\"b"})
    void strangePrefixesAreIgnored(String prefix) {
        var headers = MultiMap.caseInsensitiveMultiMap().add("X-Forwarded-Prefix", prefix);

        assertThat(forwarding
                        .original("10.0.0.1", "http", headers.getAll("Host"), headers)
                        .prefix())
                .isEmpty();
    }
}
