package symbolai.mcp.plugins.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import symbolai.mcp.testkit.PluginZip;

class PluginZipTest {

    @Test
    void holdsTheIndexAndNothingOfTheHost() throws IOException {
        var zip = PluginZip.ofThisModule();

        assertThat(zip.text("classes/META-INF/extensions.idx")).contains(CloudflarePlugin.class.getName());
        assertThat(zip.text("plugin.properties"))
                .contains("plugin.id=cloudflare", "plugin.version=")
                .doesNotContain("${");
        assertThat(zip.entries())
                .noneMatch(name -> name.contains("vertx") || name.contains("netty") || name.contains("slf4j"));
    }
}
