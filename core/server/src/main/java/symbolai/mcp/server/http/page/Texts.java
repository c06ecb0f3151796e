package symbolai.mcp.server.http.page;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** What the pages say, in one file for each language. */
public final class Texts {

    private static final String ENGLISH = "texts-en.properties";

    private final Properties texts = read(ENGLISH);

    /**
     * A text.
     *
     * @param values what stands in place of {0}, {1} and so on
     */
    public String text(String key, String... values) {
        var text = Objects.requireNonNull(texts.getProperty(key), "the text " + key + " is missing");
        for (var i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", values[i]);
        }
        return text;
    }

    private static Properties read(String file) {
        try (var stream = Objects.requireNonNull(Texts.class.getResourceAsStream(file), file + " is missing");
                var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            var read = new Properties();
            read.load(reader);
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException("the texts " + file + " cannot be read", e);
        }
    }
}
