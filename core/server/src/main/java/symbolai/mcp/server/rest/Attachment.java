package symbolai.mcp.server.rest;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import symbolai.mcp.api.Streamed;

/** The headers of a download: a browser saves it under its name and never opens it as a page of ours. */
public final class Attachment {

    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[a-zA-Z0-9!#$&^_.+-]{1,100}/[a-zA-Z0-9!#$&^_.+-]{1,100}");
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&+-.^_`|~";
    private static final int LONGEST_NAME = 200;

    private final Streamed streamed;

    public Attachment(Streamed streamed) {
        this.streamed = streamed;
    }

    /** The headers. */
    public Map<String, String> headers() {
        var headers = new TreeMap<String, String>();
        headers.put(
                "Content-Type",
                MEDIA_TYPE.matcher(streamed.mediaType()).matches() ? streamed.mediaType() : "application/octet-stream");
        headers.put("Content-Disposition", disposition());
        headers.put("Content-Security-Policy", "default-src 'none'; sandbox");
        return headers;
    }

    /** RFC 6266: a name for everybody, and the name itself for those who can read it. */
    private String disposition() {
        var name = name();
        var ascii = name.replaceAll("[^A-Za-z0-9._ -]", "_");
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded(name);
    }

    /** No folders, nothing hidden, not empty, not endless. */
    private String name() {
        var last = streamed.fileName().replaceAll("(?s).*[/\\\\]", "").replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "");
        var visible = last.replaceFirst("^\\.+", "").strip();
        var cut = visible.codePoints()
                .limit(LONGEST_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return cut.isEmpty() ? "download" : cut;
    }

    private static String encoded(String name) {
        var encoded = new StringBuilder();
        for (var octet : name.getBytes(StandardCharsets.UTF_8)) {
            if (octet > 0 && PLAIN.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append("%02X".formatted(octet & 0xff));
            }
        }
        return encoded.toString();
    }
}
