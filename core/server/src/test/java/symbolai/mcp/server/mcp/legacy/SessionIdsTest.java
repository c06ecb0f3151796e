package symbolai.mcp.server.mcp.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.crypto.Signer;
import symbolai.mcp.server.mcp.ProtocolVersion;

class SessionIdsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Signer SIGNER = signer(1);
    private static final Caller ADA = caller("u-ada", "10.0.0.1");
    private static final LegacyClient CLIENT = new LegacyClient(
            ProtocolVersion.V2025_06_18,
            Set.of(ClientCapability.SAMPLING, ClientCapability.ELICITATION_FORM),
            "inspector/2.12.0");

    private final SessionIds ids = ids(SIGNER, NOW);

    @Test
    void anIdSaysAllThereIsToKnow() {
        var claims = ids.read(ids.mint(CLIENT, ADA), ADA).orElseThrow();

        assertThat(claims.client()).isEqualTo(CLIENT);
        assertThat(claims.caller()).isEqualTo("u-ada");
        assertThat(claims.expires()).isEqualTo(NOW.plus(SessionIds.LIFE));
        assertThat(claims.id()).hasSizeGreaterThanOrEqualTo(22);
    }

    @Test
    void anIdIsVisibleAsciiAndShortEnoughForAHeader() {
        var name = "\u00e9\u4e16".repeat(40);

        var id = ids.mint(new LegacyClient(ProtocolVersion.V2025_11_25, CLIENT.capabilities(), name), ADA);

        assertThat(id).matches("[\\x21-\\x7E]{1,1024}");
        assertThat(ids.read(id, ADA)).map(claims -> claims.client().name()).contains(name);
    }

    @Test
    void noTwoIdsAreEqual() {
        assertThat(ids.mint(CLIENT, ADA)).isNotEqualTo(ids.mint(CLIENT, ADA));
    }

    @Test
    void anotherNodeWithTheSameKeyTakesIt() {
        var id = ids.mint(CLIENT, ADA);

        assertThat(ids(signer(1), NOW.plusSeconds(60)).read(id, ADA)).isPresent();
    }

    @Test
    void theCallerMayComeFromAnotherAddress() {
        var id = ids.mint(CLIENT, ADA);

        assertThat(ids.read(id, new Caller("u-ada", "Ada L.", Role.ADMIN, ADA.credential(), "10.0.0.9")))
                .isPresent();
    }

    @Test
    void row4AnotherCredentialOfTheSameUserHasSessionsOfItsOwn() {
        var first = withCredential(Credential.key("k1", List.of(), false));
        var id = ids.mint(CLIENT, first);

        assertThat(ids.read(id, first)).isPresent();
        assertThat(ids.read(id, withCredential(Credential.key("k2", List.of(), false))))
                .isEmpty();
        assertThat(ids.read(id, withCredential(Credential.token("k1", "client", Set.of()))))
                .isEmpty();
        assertThat(ids.read(id, withCredential(Credential.LOCAL))).isEmpty();
    }

    private static Caller withCredential(Credential credential) {
        return new Caller("u-ada", "ada", Role.ADMIN, credential, "10.0.0.1");
    }

    @ParameterizedTest
    @EnumSource(ClientCapability.class)
    void everyCapabilityIsKept(ClientCapability capability) {
        var client = new LegacyClient(ProtocolVersion.V2025_11_25, Set.of(capability), "");

        assertThat(ids.read(ids.mint(client, ADA), ADA).orElseThrow().client()).isEqualTo(client);
    }

    @Test
    void allCapabilitiesAreKeptTogether() {
        var client =
                new LegacyClient(ProtocolVersion.V2025_11_25, EnumSet.allOf(ClientCapability.class), "everything/1");

        assertThat(ids.read(ids.mint(client, ADA), ADA).orElseThrow().client()).isEqualTo(client);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("nothing is left", id -> ""),
                change("cut at the end", id -> id.substring(0, id.length() - 1)),
                change("cut at the beginning", id -> id.substring(1)),
                change("another first byte", id -> flip(id, 0)),
                change("another byte in the middle", id -> flip(id, id.length() / 2)),
                change("another signature", id -> flip(id, id.length() - 10)),
                change("one character more", id -> id + "A"),
                change("white space", id -> id + " "),
                change("a line break", id -> id + "\n"),
                change("padding", id -> id + "="),
                change("another alphabet", id -> id.substring(1) + "+/"),
                change("twice", id -> id + id),
                change("very long", id -> id.repeat(1000)),
                change("not ours at all", id -> "1868a90c-1d2e-4f5a-8a5b-000000000000"),
                change("claims without a signature", id -> encoded("{\"u\":\"u-ada\",\"v\":\"2025-11-25\"}")),
                change("signed by another server", id -> ids(signer(2), NOW).mint(CLIENT, ADA)),
                change(
                        "signed for another purpose",
                        id -> ids(otherPurpose(), NOW).mint(CLIENT, ADA)),
                change("of another caller", id -> ids(SIGNER, NOW).mint(CLIENT, caller("u-eve", "10.0.0.1"))),
                change(
                        "expired just now",
                        id -> ids(SIGNER, NOW.minus(SessionIds.LIFE)).mint(CLIENT, ADA)),
                change(
                        "expired long ago",
                        id -> ids(SIGNER, NOW.minus(Duration.ofDays(400))).mint(CLIENT, ADA)),
                change("signed, but not JSON", id -> SIGNER.sign("[]x".getBytes(StandardCharsets.UTF_8))),
                change("signed, but empty", id -> SIGNER.sign(new byte[0])),
                change("signed, of wrong types", id -> signed("{\"v\":1,\"u\":[],\"x\":\"never\"}")),
                change("signed, of no version", id -> signed("{\"u\":\"u-ada\",\"x\":99999999999}")),
                change("signed, of an unknown version", id -> signed("{\"v\":\"2031-01-01\",\"u\":\"u-ada\"}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void whatIsNotThisCallersValidIdIsNothing(String what, UnaryOperator<String> change) {
        var id = ids.mint(CLIENT, ADA);

        assertThat(ids.read(change.apply(id), ADA)).isEmpty();
    }

    private static Arguments change(String what, UnaryOperator<String> change) {
        return Arguments.of(what, change);
    }

    private static String flip(String id, int position) {
        var other = id.charAt(position) == 'A' ? 'B' : 'A';
        return id.substring(0, position) + other + id.substring(position + 1);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(String json) {
        return SIGNER.sign(json.getBytes(StandardCharsets.UTF_8));
    }

    private static SessionIds ids(Signer signer, Instant now) {
        return new SessionIds(signer, Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
    }

    private static Signer signer(int key) {
        var bytes = new byte[MasterKey.LENGTH];
        bytes[0] = (byte) key;
        return MasterKey.of(bytes).signer("session");
    }

    private static Signer otherPurpose() {
        var bytes = new byte[MasterKey.LENGTH];
        bytes[0] = 1;
        return MasterKey.of(bytes).signer("something else");
    }

    private static Caller caller(String id, String address) {
        return new Caller(id, "Ada", Role.ADMIN, Credential.LOCAL, address);
    }
}
