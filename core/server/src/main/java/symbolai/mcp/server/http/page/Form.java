package symbolai.mcp.server.http.page;

/** A form that is sent back to us, with the proof that it is ours. */
public final class Form {

    /** The field of the proof. */
    static final String CSRF = "csrf";

    private final Html html = new Html();

    /**
     * Begins a form.
     *
     * @param action where it is sent to; empty for the address of the page itself
     * @param csrfToken as the browser's door gives it
     */
    public Form(String action, String csrfToken) {
        if (action.isEmpty()) {
            html.open("form", "method", "post");
        } else {
            html.open("form", "method", "post", "action", action);
        }
        hidden(CSRF, csrfToken);
    }

    /** Adds a field that is not seen. */
    public Form hidden(String name, String value) {
        html.open("input", "type", "hidden", "name", name, "value", value);
        return this;
    }

    /**
     * Adds a field for a text.
     *
     * @param complete what the browser may fill in, such as {@code username}
     */
    public Form text(String name, String label, String value, String complete) {
        return field(name, label, "text", value, complete);
    }

    /** Adds a field for a password. */
    public Form password(String name, String label, String complete) {
        return field(name, label, "password", "", complete);
    }

    /** Adds a box to tick. */
    public Form check(String name, String label, boolean ticked) {
        html.open("label", "class", "check");
        if (ticked) {
            html.open("input", "type", "checkbox", "name", name, "value", "yes", "checked", "");
        } else {
            html.open("input", "type", "checkbox", "name", name, "value", "yes");
        }
        html.element("span", label).close("label");
        return this;
    }

    /** Adds other HTML. */
    public Form add(Html other) {
        html.add(other);
        return this;
    }

    /** Adds the button that sends the form. */
    public Form button(String label) {
        html.element("button", label, "type", "submit");
        return this;
    }

    /** Adds a button that sends the form with a field of its own; for a form with several. */
    public Form button(String label, String name, String value, String style) {
        html.element("button", label, "type", "submit", "name", name, "value", value, "class", style);
        return this;
    }

    /** The form as it is. */
    public Html html() {
        return new Html().add(html).close("form");
    }

    private Form field(String name, String label, String type, String value, String complete) {
        html.element("label", label, "for", name)
                .open(
                        "input",
                        "id",
                        name,
                        "name",
                        name,
                        "type",
                        type,
                        "value",
                        value,
                        "autocomplete",
                        complete,
                        "autocapitalize",
                        "none",
                        "spellcheck",
                        "false",
                        "required",
                        "");
        return this;
    }
}
