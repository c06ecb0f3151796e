package symbolai.mcp.plugins.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import symbolai.mcp.testkit.PluginZip;

class PluginZipTest {

    @Test
    void holdsTheIndexAndNothingOfTheHost() throws IOException {
        var zip = PluginZip.ofThisModule();

        assertThat(zip.text("classes/META-INF/extensions.idx")).contains(KvPlugin.class.getName());
        assertThat(zip.text("plugin.properties"))
                .contains("plugin.id=kv", "plugin.version=")
                .doesNotContain("${");
        assertThat(zip.entries())
                .allMatch(name -> name.equals("plugin.properties")
                        || name.startsWith("classes/META-INF/")
                        || name.startsWith("classes/symbolai/mcp/plugins/kv/"));
    }
}
