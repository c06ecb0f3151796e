package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;

/** Reads a form of several parts, whose end must be there. */
final class MultipartReader {

    private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final int MAX_HEADER_CHARACTERS = 8192;

    /** ISO 8859-1 gives each byte its own character, so offsets are the same in both. */
    private final String text;

    private final Buffer bytes;
    private final String delimiter;
    private int at;

    /**
     * One part.
     *
     * @param name the file name, or else the field's name
     * @param mediaType as it is given, without parameters
     * @param content its bytes
     */
    record Part(String name, String mediaType, Buffer content) {}

    private MultipartReader(Buffer bytes, String boundary) {
        this.bytes = bytes;
        this.text = bytes.toString(StandardCharsets.ISO_8859_1);
        this.delimiter = "--" + boundary;
    }

    static List<Part> read(Buffer bytes, String boundary, int most) {
        return new MultipartReader(bytes, boundary).parts(most);
    }

    private List<Part> parts(int most) {
        var parts = new ArrayList<Part>();
        at = after(text.indexOf(delimiter), delimiter.length());
        while (!text.startsWith("--", at)) {
            if (parts.size() == most) {
                throw new Malformed("it has more than " + most + " parts");
            }
            parts.add(next());
        }
        return parts;
    }

    private Part next() {
        at = after(text.indexOf("\r\n", at), 2);
        var content = after(text.indexOf("\r\n\r\n", Math.max(0, at - 2)), 4);
        if (content - at > MAX_HEADER_CHARACTERS) {
            throw new Malformed("a part has too long a head");
        }
        var head = new String(bytes.getBytes(at, Math.max(at, content - 2)), StandardCharsets.UTF_8);
        var end = text.indexOf("\r\n" + delimiter, content - 2);
        if (end < 0) {
            throw new Malformed("a part has no end");
        }
        at = end + 2 + delimiter.length();
        return new Part(
                name(head),
                mediaType(head),
                bytes.slice(Math.min(content, Math.max(content, end)), Math.max(content, end)));
    }

    private static int after(int found, int length) {
        if (found < 0) {
            throw new Malformed("its parts are not sound");
        }
        return found + length;
    }

    private static String name(String head) {
        var file = FILE.matcher(head);
        if (file.find() && !file.group(1).isEmpty()) {
            return file.group(1);
        }
        var name = NAME.matcher(head);
        if (name.find()) {
            return name.group(1);
        }
        throw new Malformed("a part has no name");
    }

    private static String mediaType(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type:"))
                .map(line -> line.substring("content-type:".length())
                        .split(";", 2)[0]
                        .strip())
                .findFirst()
                .orElse("application/octet-stream");
    }
}
