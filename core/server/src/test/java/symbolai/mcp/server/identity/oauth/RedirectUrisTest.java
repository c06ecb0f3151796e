package symbolai.mcp.server.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Security row 8: where users may be sent. */
class RedirectUrisTest {

    private static final String WEB = "https://app.example.com/oauth/callback";
    private static final String LOCAL = "http://localhost/callback";

    private final RedirectUris rules = new RedirectUris(List.of("cursor", "vscode"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://claude.ai/api/mcp/auth_callback",
                "https://vscode.dev/redirect",
                "https://app.example.com:8443/cb?x=1&y=%20",
                "http://localhost/callback",
                "http://localhost:3334/oauth/callback",
                "http://127.0.0.1/",
                "http://127.0.0.1:33418/",
                "http://[::1]:1234/cb",
                "cursor://anysphere.cursor-mcp/oauth/callback",
                "vscode://ms.mcp/callback"
            })
    void thesePlacesAreAllowed(String uri) {
        assertThat(rules.problem(uri)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "callback",
                "/callback",
                "//evil.example/cb",
                "http://app.example.com/cb",
                "http://localhost.evil.example/cb",
                "http://127.0.0.1.nip.io/cb",
                "http://127.0.0.2/cb",
                "http://2130706433/cb",
                "http://0x7f000001/cb",
                "http://localhost:0/cb",
                "http://localhost:99999/cb",
                "http://localhost:1234@evil.example/cb",
                "http://user@localhost/cb",
                "https://user:pass@app.example.com/cb",
                "https://app.example.com/cb#fragment",
                "https://app.example.com/cb#",
                "https://*.example.com/cb",
                "https://app.example.com/a/../cb",
                "https://app.example.com/%2e%2e/cb",
                "https://app.example.com/./cb",
                "https://app.example.com\\cb",
                "https://app.example.com/c b",
                "https://app.example.com/c\tb",
                "https://app.example.com/c\nb",
                " https://app.example.com/cb",
                "https://app.example.com/cb ",
                "HTTPS://app.example.com/cb",
                "https:///cb",
                "https:app.example.com/cb",
                "https://",
                "https://app.example.com/%zz",
                "https://ex\u0430mple.com/cb",
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "java\nscript:alert(1)",
                "\u0001javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "blob:https://app.example.com/x",
                "vbscript:x",
                "about:blank",
                "ftp://app.example.com/cb",
                "windsurf://x/cb",
                "Cursor://anysphere.cursor-mcp/oauth/callback",
                "cursor:",
                "x:y"
            })
    void row8ThesePlacesAreNot(String uri) {
        assertThat(rules.problem(uri)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost/callback, http://localhost:3334/callback",
        "http://localhost:1/callback, http://localhost:3334/callback",
        "http://localhost:3334/callback, http://localhost/callback",
        "http://127.0.0.1/, http://127.0.0.1:33418/",
        "http://127.0.0.1:33418/, http://127.0.0.1:50000/",
        "http://[::1]/cb?x=1, http://[::1]:65535/cb?x=1",
    })
    void thePortOfAProgramOnTheOwnMachineFloats(String registered, String asked) {
        assertThat(RedirectUris.matches(registered, asked)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost/callback, http://127.0.0.1:3334/callback",
        "http://localhost/callback, http://localhost:3334/callback/",
        "http://localhost/callback, http://localhost:3334/callback?x",
        "http://localhost/callback, http://localhost:3334/Callback",
        "http://localhost/callback, https://localhost:3334/callback",
        "http://localhost/callback, http://LOCALHOST:3334/callback",
        "http://localhost/callback, http://localhost:/callback",
        "http://localhost/callback, http://localhost:0/callback",
        "http://localhost/callback, http://localhost:65536/callback",
        "http://localhost/callback, http://localhost:3334@evil.example/callback",
        "http://localhost/callback, http://localhost:3334%2f@evil.example/callback",
        "http://localhost, http://localhost:3334/",
        "http://127.0.0.1/cb, http://127.0.0.1.evil.example/cb",
        "https://localhost/cb, https://localhost:3334/cb",
        "https://app.example.com/cb, https://app.example.com:443/cb",
        "https://app.example.com/cb, https://app.example.com:8443/cb",
        "cursor://a/cb, cursor://a:1/cb",
    })
    void nothingElseDoes(String registered, String asked) {
        assertThat(RedirectUris.matches(registered, asked)).isFalse();
    }

    @Test
    void row8NoneOfThreeHundredMutationsMatches() {
        var mutations = mutations(WEB);
        mutations.addAll(mutations(LOCAL));

        assertThat(mutations).hasSizeGreaterThan(300);
        for (var mutation : mutations) {
            for (var registered : List.of(WEB, LOCAL)) {
                assertThat(RedirectUris.matches(registered, mutation))
                        .as(registered + " and " + mutation)
                        .isFalse();
            }
        }
    }

    private static Set<String> mutations(String uri) {
        var pieces = List.of(
                "/",
                "//",
                "?",
                "#",
                "@",
                "\\",
                "%2f",
                "%00",
                "\u0000",
                " ",
                "\t",
                "\n",
                "..",
                "/../",
                ".evil.example",
                "@evil.example",
                ":80@evil.example",
                "%40evil.example",
                "&",
                ";",
                "*",
                "\u202e",
                "\uff0e",
                "x",
                "%0d%0a");
        var places = new ArrayList<Integer>(List.of(0, uri.indexOf(':'), uri.indexOf("//"), uri.length()));
        places.add(uri.indexOf("//") + 2);
        places.add(uri.indexOf('/', 8));
        places.add(uri.indexOf('/', 8) + 1);
        var all = new LinkedHashSet<String>();
        for (var piece : pieces) {
            for (var place : places) {
                all.add(uri.substring(0, place) + piece + uri.substring(place));
            }
        }
        all.add(uri.toUpperCase(Locale.ROOT));
        all.add(uri.substring(0, uri.length() - 1));
        all.add("");
        all.remove(uri);
        return all;
    }

    @Test
    void peopleSeeWhoGetsTheCode() {
        assertThat(RedirectUris.host(WEB)).isEqualTo("app.example.com");
        assertThat(RedirectUris.host("http://localhost:3334/cb")).isEqualTo("localhost");
        assertThat(RedirectUris.host("cursor://anysphere.cursor-mcp/oauth/callback"))
                .isEqualTo("cursor:");
        assertThat(RedirectUris.isLocal(WEB)).isFalse();
        assertThat(RedirectUris.isLocal(LOCAL)).isTrue();
        assertThat(RedirectUris.isLocal("cursor://x/y")).isTrue();
    }
}
