package symbolai.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** Security rows 31 and 32: what others wrote cannot forge a line of the log, and secrets are not in it. */
class LogLinesTest {

    private final LoggerContext logging = new LoggerContext();

    @AfterEach
    void stop() {
        logging.stop();
    }

    @Test
    void row31AValueStaysOnItsLine() throws JoranException {
        var event = event(null);
        event.addKeyValuePair(new KeyValuePair("reason", "a\r\n2026 INFO forged\u001b[31m\u2028\u202eb"));

        assertThat(line(event))
                .endsWith(" INFO  LogLinesTest said reason=\"a??2026 INFO forged?[31m??b\"" + System.lineSeparator());
    }

    @Test
    void row31NoCharacterAtAllBeginsALineOrControlATerminal() throws JoranException {
        for (int first = 0; first < 0x10000; first += 256) {
            var event = event(null);
            event.addKeyValuePair(new KeyValuePair("tool", characters(first)));

            var line = line(event);

            assertThat(line).endsWith("\"" + System.lineSeparator());
            assertThat(line.strip().codePoints())
                    .as("from character %04x on", first)
                    .noneMatch(LogLinesTest::controls);
        }
    }

    private static String characters(int first) {
        var text = new StringBuilder();
        for (int i = first; i < first + 256; i++) {
            text.append((char) i);
        }
        return text.toString();
    }

    private static boolean controls(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    @Test
    void row31AStackTraceIsIndented() throws JoranException {
        var lines = line(event(new IllegalStateException("bad\n2026 INFO forged\u001b[31m")))
                .lines()
                .toList();

        assertThat(lines.get(0)).endsWith("LogLinesTest said ");
        assertThat(lines.get(1)).isEqualTo("    java.lang.IllegalStateException: bad");
        assertThat(lines.get(2)).isEqualTo("    2026 INFO forged?[31m");
        assertThat(lines.stream().skip(3)).isNotEmpty().allMatch(line -> line.startsWith("    \tat "));
    }

    @Test
    void row32NoSecretIsInALineOrAStackTrace() throws JoranException {
        for (var secret : SecretShapesTest.SECRETS) {
            var failure = new IllegalStateException("got " + secret, new IllegalArgumentException("'" + secret + "'"));
            var event = event(failure);
            event.addKeyValuePair(new KeyValuePair("argument", secret));

            var line = line(event);

            assertThat(line).doesNotContain(secret.substring(10)).contains("***");
        }
    }

    private LoggingEvent event(Throwable failure) {
        var logger = logging.getLogger(LogLinesTest.class);
        return new LoggingEvent(LogLinesTest.class.getName(), logger, Level.INFO, "said", failure, new Object[0]);
    }

    private String line(ILoggingEvent event) throws JoranException {
        var configurator = new JoranConfigurator();
        configurator.setContext(logging);
        configurator.doConfigure(Objects.requireNonNull(LogLinesTest.class.getResource("/logback.xml")));
        var appender =
                (ConsoleAppender<ILoggingEvent>) logging.getLogger("ROOT").getAppender("stderr");
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
