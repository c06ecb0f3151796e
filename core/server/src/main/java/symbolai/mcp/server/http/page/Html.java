package symbolai.mcp.server.http.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.owasp.encoder.Encode;

/** HTML that is put together piece by piece. There is no way to put a text in that is not escaped. */
public final class Html {

    private static final Set<String> WEB = Set.of("http", "https");

    private final StringBuilder markup = new StringBuilder();

    /**
     * Opens an element.
     *
     * @param attributes names and values in turn; a name without a value is given an empty one
     */
    public Html open(String element, String... attributes) {
        markup.append('<').append(element);
        for (var i = 0; i + 1 < attributes.length; i += 2) {
            markup.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(Encode.forHtmlAttribute(attributes[i + 1]))
                    .append('"');
        }
        markup.append('>');
        return this;
    }

    /** Closes an element. */
    public Html close(String element) {
        markup.append("</").append(element).append(">\n");
        return this;
    }

    /** Adds a text. */
    public Html text(String text) {
        markup.append(Encode.forHtmlContent(text));
        return this;
    }

    /** Adds an element with a text in it. */
    public Html element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    /** Adds a link where the address is one of the web, and only the text otherwise: {@code javascript:} is an address too. */
    public Html link(String address, String text) {
        return isWeb(address)
                ? element("a", text, "href", address, "rel", "noopener noreferrer nofollow")
                : element("span", text);
    }

    /** Adds other HTML. */
    public Html add(Html other) {
        markup.append(other.markup);
        return this;
    }

    private static boolean isWeb(String address) {
        try {
            var uri = new URI(address);
            return uri.getScheme() != null
                    && WEB.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null;
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }

    @Override
    public String toString() {
        return markup.toString();
    }
}
