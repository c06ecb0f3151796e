package symbolai.mcp.plugins.wrangler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateNamesTest {

    /** The files that wrangler 4.164.0 made. */
    @ParameterizedTest
    @CsvSource({
        "D1, 11111111-2222-3333-4444-555555555555, f023adf8de81e80d62670e09f086149af129cccda34c51f26517069258c53e8c",
        "KV, aaaabbbbccccddddeeeeffff00001111, 9393d3b92cfde1daa42f9098d81568656333b2276370a05e1f93dd7371f7f975",
        "R2, demo-bucket, 7c540e4cddf332eeb40bc76ce26d4f368cfdd8563790ab913ddc56cec61dd66c"
    })
    void namesTheFileAsMiniflareDoes(StateNames kind, String devId, String file) {
        assertThat(kind.file(devId)).isEqualTo(file);
    }
}
