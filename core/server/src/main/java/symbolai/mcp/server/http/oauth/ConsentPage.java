package symbolai.mcp.server.http.oauth;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import symbolai.mcp.server.http.page.Browser;
import symbolai.mcp.server.http.page.Form;
import symbolai.mcp.server.http.page.Html;
import symbolai.mcp.server.http.page.Page;
import symbolai.mcp.server.http.page.SignedIn;
import symbolai.mcp.server.http.page.Texts;
import symbolai.mcp.server.http.page.Visible;
import symbolai.mcp.server.identity.oauth.AuthorizationAsk;
import symbolai.mcp.server.identity.oauth.OAuthClient;
import symbolai.mcp.server.identity.oauth.Scopes;

/** Says what a program asks for, and what is known of it: its name is only what it calls itself. */
final class ConsentPage {

    private static final String DECISION = "decision";
    private static final String ALLOW = "allow";
    private static final String WRITE = "write";

    private final Browser browser;
    private final Texts texts;

    ConsentPage(Browser browser) {
        this.browser = browser;
        this.texts = browser.texts();
    }

    /** The page for a program that the user comes from. */
    Page of(AuthorizationAsk ask, String sealed, String action, SignedIn person) {
        var body = new Html();
        if (ask.isLocal()) {
            body.element("p", texts.text("consent.local"), "class", "problem");
        }
        body.element("p", texts.text("consent.intro"))
                .open("dl")
                .add(named(ask.name()))
                .element("dt", texts.text("consent.client"))
                .element("dd", known(ask.kind(), ask.client()))
                .element("dt", texts.text("consent.target"))
                .element("dd", ask.host())
                .element("dt", texts.text("consent.account"))
                .element(
                        "dd",
                        person.caller().name() + " · " + person.caller().role().text())
                .close("dl");
        var form = new Form(action, browser.csrfToken(person)).hidden("request", sealed);
        return new Page(texts.text("consent.title"), body.add(buttons(form, ask.scopes())))
                .by(person)
                .leadingTo(List.of(source(ask.redirect())));
    }

    /** The page for a program on a device whose code the user has typed. */
    Page of(OAuthClient client, Scopes scopes, String code, String action, SignedIn person) {
        var body = new Html()
                .element("p", texts.text("device.warning"), "class", "problem")
                .element("p", texts.text("consent.intro"))
                .open("dl")
                .add(named(client.name()))
                .element("dt", texts.text("consent.client"))
                .element("dd", known(client.kind(), client.id()))
                .element("dt", texts.text("consent.account"))
                .element(
                        "dd",
                        person.caller().name() + " · " + person.caller().role().text())
                .close("dl");
        var form = new Form(action, browser.csrfToken(person)).hidden("code", code);
        return new Page(texts.text("consent.title"), body.add(buttons(form, scopes))).by(person);
    }

    /** Whether the form holds a decision. */
    static boolean isDecision(JsonObject fields) {
        return fields.containsKey(DECISION);
    }

    /** Whether the user agrees. */
    static boolean agrees(JsonObject fields) {
        return fields.getString(DECISION, "").equals(ALLOW);
    }

    /** What the user agrees to. */
    static Scopes scopes(JsonObject fields) {
        return fields.getString(WRITE, "").equals("yes") ? Scopes.ALL : Scopes.READING;
    }

    private Html buttons(Form form, Scopes asked) {
        return form.add(new Html().element("h2", texts.text("consent.scopes")).element("p", texts.text("consent.read")))
                .check(WRITE, texts.text("consent.write"), asked.canWrite())
                .button(texts.text("consent.allow"), DECISION, ALLOW, "")
                .button(texts.text("consent.deny"), DECISION, "deny", "second")
                .html();
    }

    /** In an element of its own, so that no name goes on in our words. */
    private Html named(String name) {
        return new Html()
                .element("dt", texts.text("consent.name"))
                .open("dd")
                .element("bdi", Visible.line(name))
                .close("dd");
    }

    private String known(OAuthClient.Kind kind, String id) {
        return kind == OAuthClient.Kind.DOCUMENT
                ? texts.text("consent.document", String.valueOf(URI.create(id).getHost()))
                : texts.text("consent.registered");
    }

    /** Chromium looks at where the answer to a form leads, so the place must be named that the client has registered. */
    private static String source(String redirect) {
        var uri = URI.create(redirect);
        var web = uri.getScheme().equals("https") || uri.getScheme().equals("http");
        if (web && String.valueOf(uri.getHost()).startsWith("[")) {
            return uri.getScheme() + ":"; // A policy has no way to write such an address.
        }
        return web ? uri.getScheme() + "://" + uri.getRawAuthority() : uri.getScheme() + ":";
    }
}
