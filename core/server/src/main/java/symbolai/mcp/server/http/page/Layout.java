package symbolai.mcp.server.http.page;

import java.util.List;

/** What all pages have in common: the frame around them, and what browsers may load and do on them. */
final class Layout {

    private final Texts texts;

    Layout(Texts texts) {
        this.texts = texts;
    }

    /**
     * The page as a document.
     *
     * @param prefix the path that a proxy cut off; empty for none
     */
    String document(Page page, String prefix) {
        var html = new Html().open("html", "lang", "en", "dir", "ltr");
        head(html, page, prefix);
        html.open("body");
        banner(html, page, prefix);
        html.open("main").element("h1", page.title()).add(page.body()).close("main");
        html.close("body").close("html");
        return "<!doctype html>\n" + html;
    }

    /** The policy that goes with it. */
    String policy(Page page) {
        var script = page.script().isPresent() ? "'self'" : "'none'";
        return "default-src 'none'; style-src 'self'; img-src 'self'; script-src " + script + "; form-action "
                + targets(page.targets()) + "; frame-ancestors 'none'; base-uri 'none'";
    }

    /** A source must not end the directive: what does not look like one is left out. */
    private static String targets(List<String> sources) {
        var all = new StringBuilder("'self'");
        sources.stream()
                .filter(source -> source.matches("[A-Za-z][A-Za-z0-9+.-]*:(//[A-Za-z0-9.:\\[\\]-]+)?"))
                .forEach(source -> all.append(' ').append(source));
        return all.toString();
    }

    private void head(Html html, Page page, String prefix) {
        html.open("head")
                .open("meta", "charset", "utf-8")
                .open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .open("meta", "name", "color-scheme", "content", "light dark")
                .element("title", page.title() + " · " + texts.text("product"))
                .open("link", "rel", "icon", "type", "image/svg+xml", "href", prefix + "/pages/icon.svg")
                .open("link", "rel", "stylesheet", "href", prefix + "/pages/page.css");
        page.script()
                .ifPresent(file -> html.open("script", "src", prefix + "/pages/" + file, "defer", "")
                        .close("script"));
        html.close("head");
    }

    private void banner(Html html, Page page, String prefix) {
        html.open("header")
                .open("a", "class", "home", "href", prefix + "/account")
                .open("img", "src", prefix + "/pages/icon.svg", "alt", "", "width", "28", "height", "28")
                .element("span", texts.text("product"))
                .close("a");
        page.user()
                .map(user -> user.caller())
                .ifPresent(caller -> html.element(
                        "span", texts.text("user", caller.name(), caller.role().text()), "class", "user"));
        html.close("header");
    }
}
