package symbolai.mcp.server.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import symbolai.mcp.server.crypto.SecretShapes;

/** In the pattern of log lines: what stands in its brackets, without what looks like a secret. */
public final class Masked extends CompositeConverter<ILoggingEvent> {

    @Override
    protected String transform(ILoggingEvent event, String text) {
        return SecretShapes.masked(text);
    }
}
