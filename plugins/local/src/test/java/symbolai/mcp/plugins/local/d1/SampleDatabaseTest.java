package symbolai.mcp.plugins.local.d1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleDatabaseTest {

    @Test
    void theSampleDatabaseIsTheSameEveryTime() {
        assertThat(new SampleDatabase().statements()).isEqualTo(new SampleDatabase().statements());
    }
}
