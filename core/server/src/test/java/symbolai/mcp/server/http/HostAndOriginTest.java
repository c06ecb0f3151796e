package symbolai.mcp.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.server.config.AddressRange;
import symbolai.mcp.server.config.HttpConfig;

class HostAndOriginTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // listening, public URL, Host header, ours
                "127.0.0.1, -, localhost:8420, true",
                "127.0.0.1, -, LOCALHOST:8420, true",
                "127.0.0.1, -, 127.0.0.1:8420, true",
                "127.0.0.1, -, 127.0.0.1, true",
                "127.0.0.1, -, [::1]:8420, true",
                "::1, -, [::1]:8420, true",
                "127.0.0.1, -, localhost:1, true",
                "127.0.0.1, -, evil.com, false",
                "127.0.0.1, -, evil.com:8420, false",
                "127.0.0.1, -, localhost.evil.com, false",
                "127.0.0.1, -, 127.0.0.1.nip.io, false",
                "127.0.0.1, -, localhost., false",
                "127.0.0.1, -, localhost.:8420, false",
                "127.0.0.1, -, user@localhost, false",
                "127.0.0.1, -, localhost@evil.com, false",
                "127.0.0.1, -, localhost:, false",
                "127.0.0.1, -, localhost:x, false",
                "127.0.0.1, -, localhost:123456, false",
                "127.0.0.1, -, localhost/x, false",
                "127.0.0.1, -, localhost evil.com, false",
                "127.0.0.1, -, ::1, false",
                "127.0.0.1, -, [::1, false",
                "127.0.0.1, -, [::ffff:127.0.0.1], false",
                "127.0.0.1, -, [::2], false",
                "127.0.0.1, -, 0.0.0.0, false",
                "127.0.0.1, -, 127.1, false",
                "127.0.0.1, -, 2130706433, false",
                "127.0.0.1, -, 0x7f000001, false",
                "127.0.0.1, -, 10.0.0.5:8420, false",
                "127.0.0.1, -, 127.0.0.2, false",
                "127.0.0.2, -, 127.0.0.2:8420, true",
                "127.0.0.1, -, loca\u0142host, false",
                "127.0.0.1, -, '', false",
                "127.0.0.1, -, -, false",
                "127.0.0.1, -, localhost;localhost, false",
                "127.0.0.1, -, localhost;evil.com, false",
                "127.0.0.1, https://mcp.example.com, mcp.example.com, true",
                "127.0.0.1, https://mcp.example.com, MCP.example.com:443, true",
                "127.0.0.1, https://mcp.example.com, mcp.example.com.evil.com, false",
                "127.0.0.1, https://mcp.example.com, example.com, false",
                "127.0.0.1, https://mcp.example.com, localhost:8420, true",
                "0.0.0.0, https://mcp.example.com, mcp.example.com, true",
                "0.0.0.0, https://mcp.example.com, evil.com, false",
                "0.0.0.0, https://mcp.example.com, 10.0.0.5:8420, true",
                "0.0.0.0, https://mcp.example.com, [fd00::5]:8420, true",
                "0.0.0.0, -, any.name.here, false",
                "0.0.0.0, -, localhost:8420, true",
                "0.0.0.0, -, 10.0.0.5:8420, true",
                "0.0.0.0, -, 10.0.0.5.nip.io, false",
                "mcp.lan, -, mcp.lan:8420, true",
                "mcp.lan, -, other.lan:8420, false",
                "0.0.0.0, -, two;hosts, false",
            })
    void hosts(String listening, String publicUrl, String hosts, boolean isOurs) {
        var rules = rules(listening, publicUrl);

        assertThat(rules.hostProblem(values(hosts)).isEmpty()).isEqualTo(isOurs);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // public URL, called as, origin, may call
                "-, localhost:8420, -, true",
                "-, localhost:8420, http://localhost:8420, true",
                "-, localhost:8420, http://127.0.0.1:8420, true",
                "-, 127.0.0.1:8420, http://localhost:8420, true",
                "-, 127.0.0.1:8420, http://[::1]:8420, true",
                "-, localhost:8420, HTTP://LOCALHOST:8420, true",
                "-, localhost, http://localhost, true",
                "-, localhost:80, http://localhost, true",
                "-, localhost:8420, http://localhost:8421, false",
                "-, localhost:8420, http://localhost, false",
                "-, localhost:8420, https://localhost:8420, false",
                "-, localhost:8420, http://evil.com, false",
                "-, localhost:8420, http://evil.com:8420, false",
                "-, localhost:8420, http://localhost.evil.com:8420, false",
                "-, localhost:8420, http://localhost:8420.evil.com, false",
                "-, localhost:8420, http://localhost:8420@evil.com, false",
                "-, localhost:8420, http://localhost:8420/, false",
                "-, localhost:8420, http://localhost:8420#x, false",
                "-, localhost:8420, localhost:8420, false",
                "-, localhost:8420, null, false",
                "-, localhost:8420, '', false",
                "-, localhost:8420, *, false",
                "-, localhost:8420, file://, false",
                "-, localhost:8420, chrome-extension://localhost:8420, false",
                "-, localhost:8420, http://localhost:8420;http://localhost:8420, false",
                "-, localhost:8420, http://localhost:8420;http://evil.com, false",
                "-, localhost:8420, https://app.example.org, true",
                "-, localhost:8420, https://APP.example.org, true",
                "-, localhost:8420, https://app.example.org.evil.com, false",
                "-, localhost:8420, http://app.example.org, false",
                "-, localhost:8420, https://app.example.org:8443, false",
                "-, some.name:8420, http://some.name:8420, false",
                "-, 10.0.0.5:8420, http://10.0.0.5:8420, true",
                "-, 10.0.0.5:8420, http://10.0.0.6:8420, false",
                "https://mcp.example.com, mcp.example.com, https://mcp.example.com, true",
                "https://mcp.example.com, mcp.example.com, http://mcp.example.com, false",
                "https://mcp.example.com, mcp.example.com, https://mcp.example.com:444, false",
                "https://mcp.example.com, mcp.example.com, https://example.com, false",
            })
    void origins(String publicUrl, String host, String origins, boolean mayCall) {
        var rules = rules("127.0.0.1", publicUrl);

        assertThat(rules.originProblem(values(origins), "http", host).isEmpty()).isEqualTo(mayCall);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "10.0.0.0/9, 10.128.0.1, false",
        "0.0.0.0/0, 1.2.3.4, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fe80::1, false",
        "::1, ::1, true",
        "127.0.0.1, ::ffff:127.0.0.1, true",
        "127.0.0.1, localhost, false",
        "127.0.0.1, '', false",
    })
    void ranges(String range, String address, boolean contains) {
        assertThat(AddressRange.parse(range).orElseThrow().contains(address)).isEqualTo(contains);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "name/8", "'', ", "::/129", "10.0.0.0/-1"})
    void malformedRanges(String range) {
        assertThat(AddressRange.parse(range)).isEmpty();
    }

    private static HostAndOrigin rules(String listening, String publicUrl) {
        return new HostAndOrigin(new HttpConfig(
                listening,
                8420,
                Optional.ofNullable(publicUrl).map(URI::create),
                List.of(),
                List.of("https://app.example.org"),
                true,
                1 << 20));
    }

    private static List<String> values(String text) {
        return text == null ? List.of() : Arrays.asList(text.split(";", -1));
    }
}
