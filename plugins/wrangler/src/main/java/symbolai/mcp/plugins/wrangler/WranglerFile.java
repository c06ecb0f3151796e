package symbolai.mcp.plugins.wrangler;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A configuration file of wrangler in one of its three forms.
 *
 * @param path the file, absolute
 */
record WranglerFile(Path path) {

    /** In the order in which wrangler looks for them. */
    private static final List<String> NAMES = List.of("wrangler.json", "wrangler.jsonc", "wrangler.toml");

    private static final int MOST_BYTES = 1 << 20;
    private static final StreamReadConstraints CONSTRAINTS =
            StreamReadConstraints.builder().maxNestingDepth(50).build();

    static WranglerFile find(Path folderOrFile) throws IOException {
        var path = folderOrFile.toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            return new WranglerFile(path);
        }
        for (var name : NAMES) {
            if (Files.isRegularFile(path.resolve(name))) {
                return new WranglerFile(path.resolve(name));
            }
        }
        throw new FileNotFoundException(path + " holds none of " + String.join(", ", NAMES));
    }

    JsonNode parse() throws IOException {
        var text = text();
        try {
            var tree = mapper().readTree(text);
            if (!tree.isObject()) {
                throw new WranglerFileException(path, "an object is expected");
            }
            return tree;
        } catch (JsonProcessingException wrong) {
            var location = wrong.getLocation();
            throw new WranglerFileException(path, location == null ? 1 : location.getLineNr(), firstLine(wrong));
        }
    }

    private ObjectMapper mapper() {
        if (path.toString().endsWith(".toml")) {
            var factory =
                    TomlFactory.builder().streamReadConstraints(CONSTRAINTS).build();
            return new ObjectMapper(factory);
        }
        var factory = JsonFactory.builder()
                .streamReadConstraints(CONSTRAINTS)
                .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private String text() throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new FileNotFoundException(path + " is not there");
        }
        byte[] bytes;
        try (var input = Files.newInputStream(path)) {
            bytes = input.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new WranglerFileException(path, "the file is larger than " + MOST_BYTES + " bytes");
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException wrong) {
            throw new WranglerFileException(path, "the file is not UTF-8");
        }
    }

    private static String firstLine(JsonProcessingException wrong) {
        return wrong.getOriginalMessage().lines().findFirst().orElse("not readable");
    }
}
