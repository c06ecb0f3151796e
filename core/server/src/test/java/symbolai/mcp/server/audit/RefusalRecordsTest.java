package symbolai.mcp.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.server.config.AuditConfig;

/** However many are not let in, from however many addresses: neither the log nor the memory fills up. */
class RefusalRecordsTest {

    private static final String EVENT = "auth.refused";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T02:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private AuditLog log;
    private RefusalRecords records;

    @BeforeEach
    void open() {
        log = new AuditLog(vertx, folder, new AuditConfig(AuditConfig.Durability.DURABLE));
        log.start().await();
        records = new RefusalRecords(vertx, log, CLOCK);
    }

    @AfterEach
    void close() {
        log.close().await();
        vertx.close().await();
    }

    @Test
    void theAddressesOfOneNetworkCountTogether() throws IOException {
        for (var i = 0; i < 10_000; i++) {
            note("2001:db8:1:2::" + Integer.toHexString(i));
        }

        assertThat(records.remembered()).isEqualTo(1);
        var written = written();
        assertThat(written).hasSize(21);
        assertThat(written.get(0).getString("address")).isEqualTo("2001:db8:1:2::0");
        assertThat(written.get(20).getString("address")).isEqualTo("2001:db8:1:2::/64");
        assertThat(written.get(20).getInteger("more")).isEqualTo(9_980);
    }

    @Test
    void row13AFloodFromManyNetworksFillsNeitherLogNorMemory() throws IOException {
        for (var i = 0; i < 200_000; i++) {
            note("2001:db8:" + Integer.toHexString(i >> 16) + ":" + Integer.toHexString(i & 0xffff) + "::1");
        }

        assertThat(records.remembered()).isLessThanOrEqualTo(1_001);
        assertThat(written()).hasSizeLessThanOrEqualTo(700);
        assertThat(counted()).isEqualTo(200_000);
    }

    @Test
    void manyRefusalsFromEachOfManyNetworksDoNotEither() throws IOException {
        for (var i = 0; i < 100_000; i++) {
            note("2001:db8:0:" + Integer.toHexString(i % 2_000) + "::1");
        }

        assertThat(written()).hasSizeLessThanOrEqualTo(700);
        assertThat(counted()).isEqualTo(100_000);
    }

    @Test
    void aFloodOfOneKindDoesNotHideAnother() throws IOException {
        for (var i = 0; i < 2_000; i++) {
            note("2001:db8:0:" + Integer.toHexString(i) + "::1");
        }
        records.note("session.foreign", "192.0.2.1", new JsonObject().put("name", "ada"));

        assertThat(written())
                .filteredOn(record -> record.getString("event").equals("session.foreign"))
                .singleElement()
                .satisfies(record -> assertThat(record.getString("name")).isEqualTo("ada"));
    }

    @Test
    void theNextMinuteBeginsAnew() throws IOException {
        for (var i = 0; i < 50; i++) {
            note("192.0.2.1");
        }
        records.sum().await();
        assertThat(records.remembered()).isZero();
        note("192.0.2.1");

        assertThat(written()).hasSize(22);
    }

    @Test
    void eachIpv4AddressCountsByItself() throws IOException {
        for (var i = 0; i < 60; i++) {
            note("192.0.2." + (i % 3));
        }

        Map<String, Long> each =
                written().stream().collect(Collectors.groupingBy(r -> r.getString("address"), Collectors.counting()));
        assertThat(each).isEqualTo(Map.of("192.0.2.0", 20L, "192.0.2.1", 20L, "192.0.2.2", 20L));
    }

    private void note(String address) {
        records.note(EVENT, address, new JsonObject().put("reason", "the key is unknown"));
    }

    private long counted() throws IOException {
        return written().stream()
                .mapToLong(record -> record.getInteger("more", 1))
                .sum();
    }

    private List<JsonObject> written() throws IOException {
        records.sum().await();
        log.append(new AuditRecord(CLOCK.instant(), "server.stopped", new JsonObject()))
                .await();
        var all = new ArrayList<JsonObject>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("{"))
                        .map(JsonObject::new)
                        .filter(record -> record.containsKey("event"))
                        .filter(record -> record.containsKey("address"))
                        .forEach(all::add);
            }
        }
        return all;
    }
}
