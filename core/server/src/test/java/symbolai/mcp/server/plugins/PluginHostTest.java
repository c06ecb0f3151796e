package symbolai.mcp.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static symbolai.mcp.server.plugins.TestPlugin.answering;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.server.tools.CatalogChange;

class PluginHostTest {

    private static final CatalogChange TOOLS = new CatalogChange(true, false, false);

    @TempDir
    private Path folder;

    private HostFixture fixture;

    @BeforeEach
    void make() {
        fixture = new HostFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatLiesThereAtTheStartIsLoadedBeforeTheStartSucceeds() {
        answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("dice.zip"));
        answering("coin", "2.0.0", "coin_flip").writeTo(fixture.zip("coin.zip"));

        fixture.start();

        assertThat(fixture.tools()).containsExactly("coin_flip", "dice_roll");
        assertThat(fixture.states("dice.zip")).containsExactly("LOADED 1.0.0");
    }

    @Test
    void aZipThatIsDroppedInAppearsAfterTwoEqualLooksWithOneChange() {
        fixture.start();
        answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("dice.zip"));

        fixture.scan();
        assertThat(fixture.tools()).isEmpty();
        fixture.scan();

        assertThat(fixture.tools()).containsExactly("dice_roll");
        assertThat(fixture.changes).containsExactly(TOOLS);
    }

    @Test
    void theFolderIsWatched() {
        fixture.close();
        fixture = new HostFixture(folder, Duration.ofMillis(20), Duration.ofSeconds(10), Map.of());
        fixture.start();

        answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("dice.zip"));
        await().until(() -> fixture.tools().equals(List.of("dice_roll")));
        fixture.delete("dice.zip");
        await().until(() -> fixture.tools().isEmpty());

        assertThat(fixture.changes).containsExactly(TOOLS, TOOLS);
    }

    @Test
    void aReplacedZipTakesOver() {
        answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("dice.zip"));
        fixture.start();

        answering("dice", "1.1.0", "dice_throw").writeTo(fixture.zip("dice.zip"));
        fixture.settle();

        assertThat(fixture.tools()).containsExactly("dice_throw");
        assertThat(fixture.states("dice.zip")).containsExactly("LOADED 1.1.0");
        assertThat(fixture.changes).hasSize(2);
    }

    @Test
    void aZipThatIsTouchedIsNotLoadedAgain() throws IOException {
        var zip = answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("dice.zip"));
        fixture.start();
        var before = fixture.tool("dice_roll").lease();

        Files.setLastModifiedTime(zip, FileTime.fromMillis(1));
        fixture.settle();

        assertThat(fixture.tool("dice_roll").lease()).isSameAs(before);
    }

    @Test
    void aRemovedZipTakesItsToolsAway() {
        answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("dice.zip"));
        fixture.start();

        fixture.delete("dice.zip");
        fixture.settle();
        fixture.awaitQuiet();

        assertThat(fixture.tools()).isEmpty();
        assertThat(fixture.host.list()).isEmpty();
        assertThat(fixture.data.resolve("work")).isEmptyDirectory();
    }

    @Test
    void anUpgradeUnderAnotherNameIsOneSwap() {
        answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("dice-1.0.0.zip"));
        fixture.start();

        fixture.delete("dice-1.0.0.zip");
        answering("dice", "1.1.0", "dice_throw").writeTo(fixture.zip("dice-1.1.0.zip"));
        fixture.settle();

        assertThat(fixture.tools()).containsExactly("dice_throw");
        assertThat(fixture.states("dice-1.0.0.zip")).isEmpty();
        assertThat(fixture.states("dice-1.1.0.zip")).containsExactly("LOADED 1.1.0");
        assertThat(fixture.changes).containsExactly(TOOLS, TOOLS);
    }

    @Test
    void aFailingNewVersionLeavesTheOldOneServing() {
        answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("dice.zip"));
        fixture.start();

        TestPlugin.of("dice", "2.0.0", """
                        @Override public Future<Void> start(FamilyContext context) {
                            return Future.failedFuture(new ToolException(ToolException.Reason.UNAVAILABLE, "no dice here"));
                        }
                        """).writeTo(fixture.zip("dice.zip"));
        fixture.settle();

        assertThat(fixture.tools()).containsExactly("dice_roll");
        assertThat(fixture.states("dice.zip")).containsExactly("LOADED 1.0.0", "REFUSED 2.0.0");
        assertThat(fixture.problems("dice.zip")).containsExactly("its start failed: no dice here");
        assertThat(fixture.changes).hasSize(1);
    }

    @Test
    void theSecondOfTwoZipsWithOneIdIsRefusedUntilTheFirstGoes() {
        answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("a.zip"));
        answering("dice", "2.0.0", "dice_throw").writeTo(fixture.zip("b.zip"));

        fixture.start();

        assertThat(fixture.tools()).containsExactly("dice_roll");
        assertThat(fixture.problems("b.zip"))
                .containsExactly("the plugin id 'dice' is that of 'a.zip' already: remove one of the two zips");

        fixture.delete("a.zip");
        fixture.settle();

        assertThat(fixture.tools()).containsExactly("dice_throw");
        assertThat(fixture.states("b.zip")).containsExactly("LOADED 2.0.0");
        assertThat(fixture.states("a.zip")).isEmpty();
    }

    @Test
    void theSameFileWithAnotherIdReplacesTheOldPlugin() {
        answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("plugin.zip"));
        fixture.start();

        answering("coin", "1.0.0", "coin_flip").writeTo(fixture.zip("plugin.zip"));
        fixture.settle();

        assertThat(fixture.tools()).containsExactly("coin_flip");
    }

    @Test
    void aToolNameThatIsTakenIsRefusedUntilItIsFree() {
        answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("dice.zip"));
        answering("other", "1.0.0", "dice_roll").writeTo(fixture.zip("other.zip"));

        fixture.start();

        assertThat(fixture.tool("dice_roll").plugin()).isEqualTo("dice");
        assertThat(fixture.problems("other.zip")).singleElement().asString().contains("dice_roll");

        fixture.delete("dice.zip");
        fixture.settle();
        fixture.settle();

        assertThat(fixture.tool("dice_roll").plugin()).isEqualTo("other");
        assertThat(fixture.problems("other.zip")).isEmpty();
    }

    @Test
    void changedListsAreToldOnce() {
        TestPlugin.of("growing", "1.0.0", """
                        private int size = 1;
                        @Override public List<Tool> tools(FamilyContext context) {
                            return java.util.stream.IntStream.range(0, size)
                                    .mapToObj(i -> tool("growing_" + i, call -> grow(context)))
                                    .toList();
                        }
                        private Future<ToolResult> grow(FamilyContext context) {
                            size = 3;
                            context.changed();
                            context.changed();
                            return Future.succeededFuture(ToolResult.text("grown"));
                        }
                        """).writeTo(fixture.zip("growing.zip"));
        fixture.start();

        HostFixture.get(fixture.tool("growing_0").value().handler().call(null));
        await().until(() -> fixture.host.list().get(0).tools() == 3);

        assertThat(fixture.tools()).hasSize(3);
        assertThat(fixture.changes).filteredOn(CatalogChange::tools).hasSize(2);
    }

    @Test
    void callsInsideAnOldVersionEndBeforeItIsClosed() {
        closingWritesAFile("1.0.0").writeTo(fixture.zip("slow.zip"));
        fixture.start();
        var lease = fixture.tool("slow_tool").lease();
        var closed = fixture.data.resolve("plugin-data/slow/closed");
        lease.enter();

        closingWritesAFile("2.0.0").writeTo(fixture.zip("slow.zip"));
        fixture.settle();
        assertThat(lease.enter()).isFalse();
        assertThat(closed).doesNotExist();
        assertThat(fixture.host.list()).anyMatch(it -> it.state() == PluginStatus.State.DRAINING);
        lease.leave();
        fixture.awaitQuiet();

        assertThat(closed).exists();
    }

    @Test
    void callsThatDoNotEndDoNotKeepAnOldVersionForEver() {
        fixture.close();
        fixture = new HostFixture(folder, Duration.ofHours(1), Duration.ofMillis(100), Map.of());
        closingWritesAFile("1.0.0").writeTo(fixture.zip("slow.zip"));
        fixture.start();
        fixture.tool("slow_tool").lease().enter();

        fixture.delete("slow.zip");
        fixture.settle();
        fixture.awaitQuiet();

        assertThat(fixture.data.resolve("plugin-data/slow/closed")).exists();
    }

    private static TestPlugin closingWritesAFile(String version) {
        return TestPlugin.of("slow", version, """
                        private Path folder;
                        @Override public Future<Void> start(FamilyContext context) {
                            folder = context.folder();
                            return Future.succeededFuture();
                        }
                        @Override public List<Tool> tools(FamilyContext context) {
                            return List.of(tool("slow_tool", call -> Promise.<ToolResult>promise().future()));
                        }
                        @Override public void close() {
                            try {
                                Files.writeString(folder.resolve("closed"), "");
                            } catch (java.io.IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        }
                        """).entry("classes/version.txt", version);
    }
}
