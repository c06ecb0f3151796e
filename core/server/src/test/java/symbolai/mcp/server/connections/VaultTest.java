package symbolai.mcp.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static symbolai.mcp.server.connections.VaultHouse.ADA;
import static symbolai.mcp.server.connections.VaultHouse.BOB;
import static symbolai.mcp.server.connections.VaultHouse.get;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Verified;
import symbolai.mcp.server.store.ConnectionRow;

class VaultTest {

    private final CloudConnector connector = new CloudConnector();

    @TempDir
    Path folder;

    private VaultHouse house;

    @BeforeEach
    void open() {
        house = new VaultHouse(folder).open();
        house.connectors.publish("cloudflare", List.of(connector), new Lease());
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static Map<String, Secret> given(String... pairs) {
        var given = new HashMap<String, Secret>();
        for (int i = 0; i < pairs.length; i += 2) {
            given.put(pairs[i], new Secret(pairs[i + 1]));
        }
        return given;
    }

    private ConnectionInfo connect(Caller caller, String name) {
        return get(house.vault.connect(caller, name, "cloudflare", given("apiToken", CloudConnector.TOKEN)));
    }

    private Future<?> invoke(Caller caller) {
        return house.connections
                .forCaller(caller, id -> {})
                .invoke(new Operation(
                        "d1.list",
                        new JsonObject(),
                        Operation.Access.READ,
                        Deadline.after(Duration.ofSeconds(10)),
                        Cancellation.NEVER));
    }

    private static Reason reason(Future<?> future) {
        return catchThrowableOfType(ToolException.class, () -> get(future)).reason();
    }

    @Test
    void aConnectionIsUsedAtOnceAndAfterARestart() {
        var made = connect(ADA, "main");

        assertThat(made.name()).isEqualTo("main");
        assertThat(made.active()).isTrue();
        assertThat(made.account().name()).isEqualTo("Ada's account");
        assertThat(made.permissions()).hasSize(1);
        assertThat(made.warnings()).containsExactly("a warning");
        assertThat(made.fields()).isEqualTo(Map.of("backend", "cloud"));
        get(invoke(ADA));
        house.reopen();
        assertThat(get(house.vault.list(ADA))).containsExactly(made);
        get(invoke(ADA));
        assertThat(connector.opened.value("apiToken").orElseThrow().reveal()).isEqualTo(CloudConnector.TOKEN);
        assertThat(connector.opened.value("backend").orElseThrow().reveal()).isEqualTo("cloud");
    }

    @Test
    void nobodyElseSeesOrUsesIt() {
        connect(ADA, "main");

        assertThat(get(house.vault.list(BOB))).isEmpty();
        assertThat(reason(invoke(BOB))).isEqualTo(Reason.NOT_CONNECTED);
        assertThat(reason(house.vault.activate(BOB, "main"))).isEqualTo(Reason.NOT_FOUND);
        assertThat(reason(house.vault.verifyAgain(BOB, "main"))).isEqualTo(Reason.NOT_FOUND);
        assertThat(get(house.vault.disconnect(BOB, Optional.of("main")))).isFalse();
        assertThat(get(house.vault.list(ADA))).hasSize(1);
    }

    @Test
    void theOneConnectedLastIsActiveUntilAnotherIsChosen() {
        connect(ADA, "one");
        connect(ADA, "two");

        assertThat(active()).containsExactly("two");
        get(house.vault.activate(ADA, "one"));
        assertThat(active()).containsExactly("one");
        assertThat(get(house.vault.disconnect(ADA, Optional.empty()))).isTrue();
        assertThat(active()).isEmpty();
        assertThat(reason(invoke(ADA))).isEqualTo(Reason.NOT_CONNECTED);
        assertThat(get(house.vault.disconnect(ADA, Optional.empty()))).isFalse();
        assertThat(get(house.vault.disconnect(ADA, Optional.of("two")))).isTrue();
        assertThat(get(house.vault.list(ADA))).isEmpty();
    }

    private List<String> active() {
        return get(house.vault.list(ADA)).stream()
                .filter(ConnectionInfo::active)
                .map(ConnectionInfo::name)
                .toList();
    }

    @Test
    void theSameNameIsConnectedAnew() {
        connect(ADA, "main");

        get(house.vault.connect(ADA, "main", "cloudflare", given("apiToken", "another-token-1234", "backend", "mcp")));

        assertThat(get(house.vault.list(ADA))).hasSize(1);
        get(invoke(ADA));
        assertThat(connector.opened.value("apiToken").orElseThrow().reveal()).isEqualTo("another-token-1234");
    }

    @Test
    void thereIsAnEndToHowManyThereAre() {
        for (int i = 0; i < 50; i++) {
            connect(ADA, "c" + i);
        }

        assertThat(reason(house.vault.connect(ADA, "more", "cloudflare", given("apiToken", CloudConnector.TOKEN))))
                .isEqualTo(Reason.CONFLICT);
        connect(ADA, "c7");
        connect(BOB, "more");
        assertThat(get(house.vault.list(ADA))).hasSize(50);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(given(), "apiToken (API token) is missing: Make one in the dashboard."),
                Arguments.of(given("apiToken", ""), "apiToken (API token) is missing: Make one in the dashboard."),
                Arguments.of(
                        given("apiToken", "short"),
                        "apiToken (API token) is not of its form: the whole of it must match [A-Za-z0-9_-]{10,500}"),
                Arguments.of(
                        given("apiToken", CloudConnector.TOKEN + "\n"),
                        "apiToken (API token) is not of its form: the whole of it must match [A-Za-z0-9_-]{10,500}"),
                Arguments.of(
                        given("apiToken", "x".repeat(20_000)),
                        "apiToken (API token) is not of its form: the whole of it must match [A-Za-z0-9_-]{10,500}"),
                Arguments.of(
                        given("apiToken", CloudConnector.TOKEN, "accountId", "xyz"),
                        "accountId (Account) is not of its form: the whole of it must match [0-9a-f]{32}"),
                Arguments.of(
                        given("apiToken", CloudConnector.TOKEN, "backend", "moon"),
                        "backend must be one of cloud, mcp"),
                Arguments.of(
                        given("apiToken", CloudConnector.TOKEN, "tokn\u001b", "x"),
                        "there is no field 'tokn.'; there is apiToken, accountId, backend"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsGivenIsCheckedBeforeItIsSent(Map<String, Secret> given, String message) {
        connector.verify = credentials -> Future.failedFuture(new AssertionError("it was sent"));

        assertThatThrownBy(() -> get(house.vault.connect(ADA, "main", "cloudflare", given)))
                .isInstanceOf(ToolException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a ", "a/b", "ä", "a\n", "12345678901234567890123456789012345678901"})
    void aBadNameIsRefused(String name) {
        assertThat(reason(house.vault.connect(ADA, name, "cloudflare", given("apiToken", CloudConnector.TOKEN))))
                .isEqualTo(Reason.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "My account_2 - test", "1234567890123456789012345678901234567890"})
    void aGoodNameIsTaken(String name) {
        assertThat(connect(ADA, name).name()).isEqualTo(name);
    }

    @Test
    void anUnknownConnectorIsNotFound() {
        assertThatThrownBy(() -> get(house.vault.connect(ADA, "main", "moon", given())))
                .hasMessage("there is no connector 'moon'; there is cloudflare");
    }

    static Stream<Arguments> refusals() {
        Function<Credentials, Future<Verified>> throwing = credentials -> {
            throw new IllegalStateException(CloudConnector.TOKEN);
        };
        return Stream.of(
                Arguments.of(Reason.REFUSED, answer(new ToolException(Reason.REFUSED, "no"))),
                Arguments.of(Reason.UNAVAILABLE, answer(new IllegalStateException(CloudConnector.TOKEN))),
                Arguments.of(Reason.UNAVAILABLE, throwing),
                Arguments.of(Reason.UNAVAILABLE, (Function<Credentials, Future<Verified>>) credentials -> null),
                Arguments.of(
                        Reason.REFUSED,
                        answer(new ToolException(Reason.REFUSED, "the token " + CloudConnector.TOKEN + " is bad"))));
    }

    private static Function<Credentials, Future<Verified>> answer(Throwable failure) {
        return credentials -> Future.failedFuture(failure);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void credentialsThatAreNotAcceptedAreNotStored(Reason reason, Function<Credentials, Future<Verified>> verify) {
        connector.verify = verify;

        var failure = catchThrowableOfType(ToolException.class, () -> connect(ADA, "main"));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.getMessage()).doesNotContain(CloudConnector.TOKEN);
        assertThat(get(house.vault.list(ADA))).isEmpty();
        assertThat(house.audited()).contains("connection.refused").doesNotContain(CloudConnector.TOKEN);
    }

    @Test
    void aRefusalLaterDeletesNothing() {
        connect(ADA, "main");
        connector.verify = answer(new ToolException(Reason.REFUSED, "revoked"));

        assertThat(reason(house.vault.verifyAgain(ADA, "main"))).isEqualTo(Reason.REFUSED);

        assertThat(get(house.vault.list(ADA))).hasSize(1);
        get(invoke(ADA));
    }

    @Test
    void whatIsKnownIsRenewedByVerifyingAgain() {
        connect(ADA, "main");
        house.clock.advance(Duration.ofDays(1));
        connector.expires = Optional.of(house.clock.instant().plus(Duration.ofDays(100)));

        var again = get(house.vault.verifyAgain(ADA, "main"));

        assertThat(again.expires()).isEqualTo(connector.expires);
        assertThat(again.verifiedAt()).isEqualTo(house.clock.instant());
        assertThat(get(house.vault.list(ADA))).containsExactly(again);
    }

    @Test
    void expiryIsWarnedOfAndThenHolds() {
        connector.expires = Optional.of(house.clock.instant().plus(Duration.ofDays(20)));
        connect(ADA, "main");

        assertThat(get(house.vault.list(ADA)).get(0).warnings()).hasSize(1);
        house.clock.advance(Duration.ofDays(7));
        assertThat(get(house.vault.list(ADA)).get(0).warnings())
                .contains("The credentials expire on 2026-12-12T10:15:30Z, in less than 14 days; connect again with new"
                        + " ones before.");
        get(invoke(ADA));
        house.clock.advance(Duration.ofDays(13));
        assertThatThrownBy(() -> get(invoke(ADA)))
                .hasMessageContaining("the credentials of the connection 'main' expired on 2026-12-12T10:15:30Z");
        assertThat(reason(invoke(ADA))).isEqualTo(Reason.NOT_CONNECTED);
        assertThat(get(house.vault.list(ADA))).hasSize(1);
    }

    @Test
    void aConnectorThatIsNotLoadedIsSaid() {
        connect(ADA, "main");
        house.connectors.publish("cloudflare", List.of(), new Lease());

        assertThatThrownBy(() -> get(invoke(ADA)))
                .hasMessageContaining("the connector 'cloudflare' of the connection 'main' is not loaded now");
    }

    /** Each row with something of it changed, as somebody could who can write to the file. */
    static Stream<Arguments> tampered() {
        Function<ConnectionRow, ConnectionRow> otherOwner =
                row -> copy(row, row.id(), "bob", row.connector(), row.sealed());
        Function<ConnectionRow, ConnectionRow> otherId =
                row -> copy(row, "x", row.owner(), row.connector(), row.sealed());
        Function<ConnectionRow, ConnectionRow> otherConnector =
                row -> copy(row, row.id(), row.owner(), "evil", row.sealed());
        Function<ConnectionRow, ConnectionRow> otherText = row -> copy(
                row,
                row.id(),
                row.owner(),
                row.connector(),
                row.sealed().substring(0, row.sealed().length() - 2) + "AA");
        Function<ConnectionRow, ConnectionRow> otherKey = row -> copy(
                row,
                row.id(),
                row.owner(),
                row.connector(),
                "AAAAAAAA" + row.sealed().substring(8));
        Function<ConnectionRow, ConnectionRow> nothing = row -> copy(row, row.id(), row.owner(), row.connector(), "");
        return Stream.of(
                Arguments.of("owner", otherOwner),
                Arguments.of("id", otherId),
                Arguments.of("connector", otherConnector),
                Arguments.of("ciphertext", otherText),
                Arguments.of("key", otherKey),
                Arguments.of("empty", nothing));
    }

    private static ConnectionRow copy(ConnectionRow row, String id, String owner, String connector, String sealed) {
        return new ConnectionRow(
                id, owner, row.name(), connector, sealed, row.expires(), row.verified(), row.active(), row.json());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tampered")
    void aRowThatWasChangedDoesNotOpen(String what, Function<ConnectionRow, ConnectionRow> change) {
        connect(ADA, "main");
        var row = get(house.store.active()).get(0);
        var changed = change.apply(row);

        get(house.store.remove("ada", row.id()));
        get(house.store.put(() -> changed, 10));
        house.reopen();

        var seal = new CredentialSeal(house.key);
        assertThat(seal.open(row)).isPresent();
        assertThat(seal.open(changed)).isEmpty();
        assertThat(reason(invoke(VaultHouse.caller(changed.owner())))).isEqualTo(Reason.NOT_CONNECTED);
    }

    @Test
    void everyChangeIsAuditedWithoutSecrets() {
        connect(ADA, "one");
        connect(ADA, "two");
        get(house.vault.activate(ADA, "one"));
        get(house.vault.verifyAgain(ADA, "one"));
        get(house.vault.disconnect(ADA, Optional.of("two")));

        var audited = house.audited();

        assertThat(audited.lines().map(line -> new JsonObject(line).getString("event")))
                .containsExactly(
                        "connection.connected",
                        "connection.connected",
                        "connection.activated",
                        "connection.verified",
                        "connection.disconnected");
        assertThat(audited)
                .contains("\"user\":\"ada\"", "\"address\":\"192.0.2.7\"", "\"connector\":\"cloudflare\"")
                .contains("\"account\":\"0123456789abcdef0123456789abcdef\"")
                .doesNotContain(CloudConnector.TOKEN);
    }

    @Test
    void theConnectorsAreTold() {
        var told = house.vault.connectors();

        assertThat(told).extracting(ConnectorInfo::id).containsExactly("cloudflare");
        assertThat(told.get(0).title()).isEqualTo("Cloudflare");
        assertThat(told.get(0).fields()).isEqualTo(CloudConnector.FIELDS);
        assertThat(told.get(0).steps().steps()).containsExactly("Make a token.");
    }
}
