package symbolai.mcp.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static symbolai.mcp.server.connections.VaultHouse.ADA;
import static symbolai.mcp.server.connections.VaultHouse.get;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Upstream;

/** A planted secret is looked for in all that is logged, answered, audited, stored and printed. */
class SecretsStaySecretTest {

    private static final String TOKEN = CloudConnector.TOKEN;
    private static final Map<String, Secret> GIVEN = Map.of("apiToken", new Secret(TOKEN));

    private final CloudConnector connector = new CloudConnector();
    private final Recording log = new Recording();

    @TempDir
    Path folder;

    private VaultHouse house;
    private Level before;

    /** All that was logged, as text. */
    private static final class Recording extends AppenderBase<ILoggingEvent> {
        private final StringBuffer text = new StringBuffer();

        @Override
        protected void append(ILoggingEvent event) {
            text.append(event.getFormattedMessage()).append(event.getKeyValuePairs());
            if (event.getThrowableProxy() != null) {
                text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger("symbolai.mcp");
    }

    @BeforeEach
    void open() {
        before = root().getLevel();
        root().setLevel(Level.TRACE);
        root().setAdditive(false);
        log.start();
        root().addAppender(log);
        root().trace("recording");
        house = new VaultHouse(folder).open();
        house.connectors.publish("cloudflare", List.of(connector), new Lease());
        get(house.vault.connect(ADA, "main", "cloudflare", GIVEN));
    }

    @AfterEach
    void close() {
        house.close();
        root().detachAppender(log);
        root().setLevel(before);
        root().setAdditive(true);
    }

    static Stream<Arguments> leaks() {
        var inside = new IllegalStateException("around it", new IllegalArgumentException("header " + TOKEN));
        inside.addSuppressed(new IllegalStateException(TOKEN));
        return Stream.of(
                leak("a failure", (operation, upstream) -> Future.failedFuture(new IllegalStateException(TOKEN))),
                leak("its cause", (operation, upstream) -> Future.failedFuture(inside)),
                leak("what is thrown", (operation, upstream) -> {
                    throw new IllegalStateException("Bearer " + TOKEN);
                }),
                leak(
                        "a failure for the model",
                        (operation, upstream) ->
                                Future.failedFuture(new ToolException(Reason.REFUSED, "Bearer " + TOKEN + " is bad"))),
                leak(
                        "a failure on the way out",
                        (operation, upstream) -> upstream.request(
                                Upstream.Target.of("api.example.com", operation),
                                () -> Future.failedFuture(new ToolException(Reason.INVALID, TOKEN)))));
    }

    @Test
    void noIdOfAnAnswerHoldsIt() {
        var heard = new ArrayList<String>();
        connector.answer = (operation, upstream) -> {
            List.of("8f0a-FRA", TOKEN, "id-" + TOKEN, "a\nb", "a b", "", "ä", "x".repeat(65), "=cmd()")
                    .forEach(upstream::answered);
            return Future.succeededFuture(new Reply(new JsonObject()));
        };

        get(house.connections.forCaller(ADA, heard::add).invoke(operation()));

        assertThat(heard).containsExactly("8f0a-FRA");
    }

    private static Arguments leak(String what, BiFunction<Operation, Upstream, Future<Reply>> answer) {
        return Arguments.of(what, answer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("leaks")
    void whateverAConnectorSaysOfIt(String what, BiFunction<Operation, Upstream, Future<Reply>> answer) {
        connector.answer = answer;
        connector.verify = credentials -> answer.apply(operation(), house.upstream(credentials))
                .compose(reply -> connector.accepted(credentials));

        var called = catchThrowable(
                () -> get(house.connections.forCaller(ADA, id -> {}).invoke(operation())));
        var connected = catchThrowable(() -> get(house.vault.connect(ADA, "other", "cloudflare", GIVEN)));
        var verified = catchThrowable(() -> get(house.vault.verifyAgain(ADA, "main")));

        assertThat(Stream.of(called, connected, verified).map(String::valueOf)).noneMatch(text -> text.contains(TOKEN));
        assertThat(Stream.of(called, connected, verified)).allMatch(ToolException.class::isInstance);
        assertThat(log.text.toString()).contains("recording").doesNotContain(TOKEN);
        assertThat(house.audited()).contains("connection.refused").doesNotContain(TOKEN);
    }

    private static Operation operation() {
        return new Operation(
                "d1.list",
                new JsonObject(),
                Operation.Access.READ,
                Deadline.after(Duration.ofSeconds(10)),
                Cancellation.NEVER);
    }

    @Test
    void whatIsKeptAndShown() throws Exception {
        var credentials = new Credentials(GIVEN);
        var row = get(house.store.active()).get(0);
        var shown = Stream.of(
                credentials,
                row,
                get(house.vault.list(ADA)),
                house.vault.connectors(),
                house.upstreams.fingerprint(connector, credentials),
                new ConnectRequest("cloudflare", "main"),
                new CredentialSeal(house.key).open(row));

        assertThat(shown.map(String::valueOf)).noneMatch(text -> text.contains(TOKEN));
        assertThat(row.sealed() + row.json()).doesNotContain(TOKEN);
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(TOKEN);
            }
        }
    }

    /** A record prints its components, so none may hold a secret but as {@link Secret}, nor bytes of a key. */
    @Test
    void noRecordHoldsASecretAsText() {
        var records = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(
                                "symbolai.mcp.api", "symbolai.mcp.server.connections", "symbolai.mcp.server.crypto")
                        .stream()
                        .filter(JavaClass::isRecord)
                        .map(JavaClass::reflect)
                        .toList();

        var suspicious = records.stream()
                .flatMap(record -> Arrays.stream(record.getRecordComponents()))
                .filter(SecretsStaySecretTest::isSuspicious)
                .map(component -> component.getDeclaringRecord().getSimpleName() + "." + component.getName())
                .toList();

        assertThat(records.size()).isGreaterThan(30);
        assertThat(suspicious).isEmpty();
    }

    private static boolean isSuspicious(RecordComponent component) {
        var name = component.getName().toLowerCase(Locale.ROOT);
        boolean speaks = Stream.of("token", "password", "secret", "credential", "apikey", "plain")
                .anyMatch(name::contains);
        boolean hides = component.getType() == Secret.class
                || component.getType() == Credentials.class
                || component.getType() == Credential.class
                || component.getType() == boolean.class;
        return component.getType() == byte[].class || (speaks && !hides);
    }
}
