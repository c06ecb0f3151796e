package symbolai.mcp.server.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where the whole records of a segment end.
 *
 * @param end the position behind the last whole record
 * @param sequence the number of the last whole record; 0 when there is none
 */
record Tail(long end, long sequence) {
    private static final Pattern SEQUENCE = Pattern.compile("\\{\"seq\":(\\d{1,18}),\"at\":\"[^\"]+\",.*\\}");

    static Tail of(Path segment) throws IOException {
        try (var input = new BufferedInputStream(Files.newInputStream(segment), 1 << 16)) {
            return read(input);
        }
    }

    private static Tail read(BufferedInputStream input) throws IOException {
        var tail = new Tail(0, 0);
        var line = new ByteArrayOutputStream();
        long position = 0;
        for (int next = input.read(); next >= 0; next = input.read()) {
            position++;
            if (next != '\n') {
                line.write(next);
                continue;
            }
            var matcher = SEQUENCE.matcher(line.toString(StandardCharsets.US_ASCII));
            if (matcher.matches()) {
                tail = new Tail(position, Long.parseLong(matcher.group(1)));
            }
            line.reset();
        }
        return tail;
    }
}
