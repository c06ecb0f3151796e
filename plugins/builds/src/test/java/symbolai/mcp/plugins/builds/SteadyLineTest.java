package symbolai.mcp.plugins.builds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteadyLineTest {

    private final SteadyLine steady = new SteadyLine();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-01-01T10:00:00.123Z start       | 2026-02-03T11:12:13Z start
            06:31:40 start                       | 6:31:41 start
            built in 1.2s                        | built in 850ms
            took 1 second                        | took 12 seconds
            Total Upload: 12.4 KiB / gzip: 3 KiB | Total Upload: 1200 KiB / gzip: 3.14 MiB
            Version ID: 0b1f5c5e-0000-4000-8000-000000000001 | Version ID: 9b1f5c5e-0000-4000-8000-000000000002
            main.3f2a9c1d.js                     | main.77aa01ff.js
            wrote /tmp/build-abc/x               | wrote /tmp/build-def/x
            progress 10%                         | progress 99.5%
            """)
    void whatAlwaysDiffersDoesNotCount(String one, String other) {
        assertThat(steady.key(one)).isEqualTo(steady.key(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 errors              | 3 errors
            added 120 packages    | added 121 packages
            wrangler 4.1.0        | wrangler 4.2.0
            exit code 0           | exit code 1
            facade.js             | decade.js
            line 12: error        | line 13: error
            """)
    void whatMattersCounts(String one, String other) {
        assertThat(steady.key(one)).isNotEqualTo(steady.key(other));
    }
}
