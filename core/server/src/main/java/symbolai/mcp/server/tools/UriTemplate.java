package symbolai.mcp.server.tools;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A URI template of RFC 6570 level 1. A variable matches one or more characters other than a slash, so the parts between slashes match one
 * by one, each in a single pass.
 */
final class UriTemplate {
    /** The texts around the variables: always one more than there are variables. */
    private record Segment(List<String> literals, List<String> variables) {}

    private final List<Segment> segments;

    private UriTemplate(List<Segment> segments) {
        this.segments = segments;
    }

    /** Reads a template; what is wrong with it is the exception's message. */
    static UriTemplate parse(String template) {
        var segments = new ArrayList<Segment>();
        for (var part : template.split("/", -1)) {
            segments.add(segment(template, part));
        }
        var parsed = new UriTemplate(List.copyOf(segments));
        var variables = parsed.variables();
        if (variables.isEmpty()) {
            throw new IllegalArgumentException("'" + template + "' has no {variable}; make it a resource");
        }
        if (variables.stream().distinct().count() < variables.size()) {
            throw new IllegalArgumentException("'" + template + "' names a variable twice");
        }
        return parsed;
    }

    private static Segment segment(String template, String part) {
        var literals = new ArrayList<String>();
        var variables = new ArrayList<String>();
        int from = 0;
        for (int open = part.indexOf('{'); open >= 0; open = part.indexOf('{', from)) {
            int close = part.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("'" + template + "' opens a brace that it does not close");
            }
            var literal = part.substring(from, open);
            if (literal.isEmpty() && !variables.isEmpty()) {
                throw new IllegalArgumentException("'" + template + "' has two variables with nothing between them");
            }
            literals.add(literal);
            variables.add(variable(template, part.substring(open + 1, close)));
            from = close + 1;
        }
        literals.add(part.substring(from));
        if (literals.stream().anyMatch(literal -> literal.indexOf('}') >= 0)) {
            throw new IllegalArgumentException("'" + template + "' closes a brace that it did not open");
        }
        return new Segment(List.copyOf(literals), List.copyOf(variables));
    }

    private static String variable(String template, String name) {
        boolean plain =
                !name.isEmpty() && name.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
        if (!plain) {
            throw new IllegalArgumentException("'" + template + "': '{" + name
                    + "}' is not a variable of RFC 6570 level 1, which has letters, digits and underscores only");
        }
        return name;
    }

    List<String> variables() {
        return segments.stream()
                .flatMap(segment -> segment.variables().stream())
                .toList();
    }

    /** The decoded values of the variables; empty when the URI is not of this template. */
    Optional<Map<String, String>> match(String uri) {
        var parts = uri.split("/", -1);
        if (parts.length != segments.size()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < parts.length; i++) {
            if (!match(segments.get(i), parts[i], values)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private static boolean match(Segment segment, String part, Map<String, String> values) {
        var literals = segment.literals();
        var last = literals.get(literals.size() - 1);
        if (segment.variables().isEmpty()) {
            return part.equals(last);
        }
        if (!part.startsWith(literals.get(0)) || !part.endsWith(last)) {
            return false;
        }
        int from = literals.get(0).length();
        for (int i = 0; i < segment.variables().size(); i++) {
            boolean ends = i + 1 == segment.variables().size();
            int to = ends ? part.length() - last.length() : part.indexOf(literals.get(i + 1), from + 1);
            if (to <= from) {
                return false;
            }
            var value = decode(part.substring(from, to));
            if (value.isEmpty()) {
                return false;
            }
            values.put(segment.variables().get(i), value.get());
            from = to + literals.get(i + 1).length();
        }
        return true;
    }

    private static Optional<String> decode(String text) {
        if (text.indexOf('%') < 0) {
            return Optional.of(text);
        }
        var source = text.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(source.length);
        for (int i = 0; i < source.length; i++) {
            if (source[i] != '%') {
                bytes.put(source[i]);
                continue;
            }
            int high = i + 2 < source.length ? Character.digit(source[i + 1], 16) : -1;
            int low = i + 2 < source.length ? Character.digit(source[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.put((byte) ((high << 4) | low));
            i += 2;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
