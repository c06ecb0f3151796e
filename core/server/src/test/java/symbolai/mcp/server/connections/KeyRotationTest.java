package symbolai.mcp.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.server.connections.VaultHouse.ADA;
import static symbolai.mcp.server.connections.VaultHouse.get;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.crypto.WrongMasterKey;

class KeyRotationTest {

    private static final int ROWS = 170;

    @TempDir
    Path folder;

    private VaultHouse house;

    @BeforeEach
    void open() {
        house = new VaultHouse(folder).open();
        house.connectors.publish("cloudflare", List.of(new CloudConnector()), new Lease());
        get(house.rotation.check());
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void connect(int rows) {
        for (int i = 0; i < rows; i++) {
            get(house.vault.connect(
                    VaultHouse.caller("user" + i % 10),
                    "c" + i / 10,
                    "cloudflare",
                    Map.of("apiToken", new Secret(CloudConnector.TOKEN + i))));
        }
    }

    private Path file() {
        return folder.resolve("keys").resolve("master.key");
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file());
    }

    /** How many rows open with the key as it is in its file. */
    private long opening() {
        var seal = new CredentialSeal(MasterKey.load(folder));
        return IntStream.range(0, 10)
                .mapToObj(i -> get(house.store.list("user" + i)))
                .flatMap(List::stream)
                .filter(row -> seal.open(row).isPresent())
                .count();
    }

    /** As a start does. */
    private void restart() {
        house.reopen();
        get(house.rotation.check().compose(right -> house.rotation.resume()));
    }

    @Test
    void everyRowIsSealedAnew() throws IOException {
        connect(ROWS);
        var before = lines();
        var session = house.key.signer("session-id").sign("hello".getBytes(StandardCharsets.UTF_8));

        var done = get(house.rotation.rotate());

        assertThat(done).isEqualTo(new KeyRotation.Rotated(ROWS, 0, ""));
        assertThat(lines()).hasSize(1).isNotEqualTo(before);
        assertThat(get(house.seals.older(house.key.newest()))).isZero();
        assertThat(opening()).isEqualTo(ROWS);
        assertThat(house.key.signer("session-id").verify(session)).isEmpty();
        assertThat(Files.list(file().getParent())).containsExactly(file());
        assertThat(house.audited()).contains("vault.rotated");
        restart();
        assertThat(opening()).isEqualTo(ROWS);
    }

    @Test
    void callsGoOnMeanwhile() {
        connect(ROWS);
        var caller = VaultHouse.caller("user3");
        var failures = new ArrayList<Throwable>();

        for (int round = 0; round < 5; round++) {
            var rotating = house.rotation.rotate();
            while (!rotating.isComplete()) {
                var operation = new Operation(
                        "d1.list",
                        new JsonObject(),
                        Operation.Access.READ,
                        Deadline.after(Duration.ofSeconds(10)),
                        Cancellation.NEVER);
                var reply = house.connections.forCaller(caller, id -> {}).invoke(operation);
                var made = house.vault.connect(
                        ADA, "during", "cloudflare", Map.of("apiToken", new Secret(CloudConnector.TOKEN)));
                get(reply.onFailure(failures::add).otherwiseEmpty());
                get(made.onFailure(failures::add).otherwiseEmpty());
            }
            get(rotating);
        }

        assertThat(failures).isEmpty();
        assertThat(opening()).isEqualTo(ROWS);
        var seal = new CredentialSeal(MasterKey.load(folder));
        assertThat(seal.open(get(house.store.list("ada")).get(0))).isPresent();
    }

    @Test
    void itRunsOnceAtATime() {
        connect(20);
        var first = house.rotation.rotate();
        var second = house.rotation.rotate();

        assertThatThrownBy(() -> get(second)).hasMessageContaining("rotated already");
        get(first);
        get(house.rotation.rotate());
    }

    /** Each moment at which a crash can leave file and rows: 0 only the new key is written, 1 the check too, then each batch of rows. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void aRestartGoesOnWhereItWasInterrupted(int steps) throws IOException {
        connect(ROWS);
        house.key.renew();
        var seal = new CredentialSeal(house.key);
        if (steps > 0) {
            var sealer = house.key.sealer("vault-check");
            get(house.seals.replaceCheck(
                    () -> sealer.seal("vault-check".getBytes(StandardCharsets.UTF_8), "vault-check")));
        }
        var last = "";
        for (int step = 1; step < steps; step++) {
            last = get(house.seals.reseal(house.key.newest(), last, 50, seal::anew))
                    .last()
                    .orElse(last);
        }
        Files.writeString(file().resolveSibling("master.key.part"), "half a ke");
        assertThat(lines()).hasSize(2);
        assertThat(opening()).isEqualTo(ROWS);

        restart();

        assertThat(lines()).hasSize(1);
        assertThat(opening()).isEqualTo(ROWS);
        assertThat(get(house.seals.older(house.key.newest()))).isZero();
        assertThat(Files.list(file().getParent())).containsExactly(file());
    }

    @Test
    void aProcessThatIsKilledLosesNothing() throws Exception {
        connect(ROWS);
        var random = new Random();
        int interrupted = 0;

        for (int round = 0; round < 8; round++) {
            house.shut();
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            RotatingProcess.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var said = process.inputReader(StandardCharsets.UTF_8)) {
                for (var rotations = random.nextInt(4); rotations >= 0; rotations--) {
                    assertThat(said.readLine()).isEqualTo("rotated");
                }
                process.onExit()
                        .completeOnTimeout(process, random.nextInt(60), TimeUnit.MILLISECONDS)
                        .join();
                process.destroyForcibly().waitFor();
            }
            interrupted += lines().size() - 1;
            house.open();

            get(house.rotation.check());
            assertThat(opening()).isEqualTo(ROWS);
            get(house.rotation.resume());
            assertThat(opening()).isEqualTo(ROWS);
            assertThat(lines()).hasSize(1);
        }

        assertThat(interrupted).as("rounds in which a rotation was interrupted").isPositive();
    }

    @Test
    void anotherKeyIsRefused() throws IOException {
        connect(1);
        house.shut();
        Files.writeString(file(), key(7) + "\n");

        house.open();

        assertThatThrownBy(() -> get(house.rotation.check()))
                .isInstanceOf(WrongMasterKey.class)
                .hasMessageStartingWith("the master key in " + file()
                        + " is not the one that this data folder was sealed with, so the server does not start; put the"
                        + " right key back into that file");
    }

    @Test
    void anOperatorsOwnFileIsNeverWritten() throws IOException {
        var own = Files.createFile(
                folder.resolve("own.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(own, lines().get(0));
        house.shut();
        house.open(MasterKey.read(own));
        get(house.rotation.check());
        connect(20);
        var session = house.key.signer("session-id").sign("hello".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> get(house.rotation.rotate()))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("put a new key on its first line");
        var both = key(7) + "\n" + lines().get(0) + "\n";
        Files.writeString(own, both);
        var done = get(house.rotation.rotate());

        assertThat(done.resealed()).isEqualTo(20);
        assertThat(done.next()).contains("the lines below it may be removed");
        assertThat(Files.readString(own)).isEqualTo(both);
        assertThat(house.key.signer("session-id").verify(session)).isPresent();
        Files.writeString(own, key(8) + "\n" + both);
        house.shut();
        house.open(MasterKey.read(own));
        get(house.rotation.check().compose(right -> house.rotation.resume()));
        Files.writeString(own, key(8));
        house.shut();
        house.open(MasterKey.read(own));
        get(house.rotation.check());
        var seal = new CredentialSeal(house.key);
        assertThat(get(house.store.list("user3")))
                .hasSize(2)
                .allMatch(row -> seal.open(row).isPresent());
    }

    @Test
    void aDamagedRowIsLeftAsItIs() throws IOException {
        connect(10);
        var row = get(house.store.list("user3")).get(0);
        var damaged = row.sealedAs(
                row.sealed().substring(0, 20) + "AAAA" + row.sealed().substring(24));
        get(house.store.put(() -> damaged, 50));

        var done = get(house.rotation.rotate());

        assertThat(done).isEqualTo(new KeyRotation.Rotated(9, 1, ""));
        assertThat(lines()).hasSize(1);
        assertThat(opening()).isEqualTo(9);
        assertThat(get(house.store.list("user3"))).containsExactly(damaged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "not base64!\n", "AAAA\n"})
    void aDamagedFileIsRefused(String rest) throws IOException {
        Files.writeString(file(), rest.isBlank() ? rest : lines().get(0) + "\n" + rest);

        assertThatThrownBy(() -> MasterKey.load(folder))
                .hasMessageStartingWith("the master key " + file() + " is damaged");
    }

    @Test
    void aFileHasFewLines() throws IOException {
        Files.writeString(file(), (key(1) + "\n").repeat(9));

        assertThatThrownBy(() -> MasterKey.load(folder))
                .hasMessage("the master key " + file() + " has 9 lines; it may have the newest key and 7 older ones");
    }

    private static String key(int fill) {
        var bytes = new byte[MasterKey.LENGTH];
        Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
