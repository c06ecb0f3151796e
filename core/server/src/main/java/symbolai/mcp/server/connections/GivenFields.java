package symbolai.mcp.server.connections;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import symbolai.mcp.api.CredentialField;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Checks what a user gave to connect against the fields of the connector; a value is never repeated in a message. */
final class GivenFields {

    private static final int LONGEST = 16_384;

    private final List<CredentialField> fields;

    GivenFields(List<CredentialField> fields) {
        this.fields = List.copyOf(fields);
    }

    /** The credentials; an empty text counts as not given, and the first choice stands in for a choice that was not made. */
    Credentials credentials(Map<String, Secret> given) {
        var values = new HashMap<String, Secret>();
        given.forEach((name, value) -> {
            if (!value.reveal().isEmpty()) {
                values.put(name, value);
            }
        });
        values.keySet().forEach(this::checkName);
        fields.forEach(field -> check(field, values));
        return new Credentials(values);
    }

    /** What of the credentials may be shown. */
    Map<String, String> open(Credentials credentials) {
        var shown = new TreeMap<String, String>();
        fields.stream()
                .filter(field -> !field.secret())
                .forEach(field ->
                        credentials.value(field.name()).ifPresent(value -> shown.put(field.name(), value.reveal())));
        return shown;
    }

    private void checkName(String name) {
        if (fields.stream().noneMatch(field -> field.name().equals(name))) {
            throw invalid("there is no field '" + Shown.plain(name) + "'; there is "
                    + (fields.isEmpty()
                            ? "none"
                            : fields.stream().map(CredentialField::name).collect(Collectors.joining(", "))));
        }
    }

    private static void check(CredentialField field, Map<String, Secret> values) {
        var value = values.get(field.name());
        if (value == null) {
            checkAbsent(field, values);
        } else if (!field.choices().isEmpty()) {
            if (!field.choices().contains(value.reveal())) {
                throw invalid(field.name() + " must be one of " + String.join(", ", field.choices()));
            }
        } else if (value.reveal().length() > LONGEST || !matches(field, value)) {
            throw invalid(field.name() + " (" + field.title() + ") is not of its form: the whole of it must match "
                    + field.pattern());
        }
    }

    private static void checkAbsent(CredentialField field, Map<String, Secret> values) {
        if (field.required()) {
            throw invalid(field.name() + " (" + field.title() + ") is missing: " + field.help());
        }
        if (!field.choices().isEmpty()) {
            values.put(field.name(), new Secret(field.choices().get(0)));
        }
    }

    private static boolean matches(CredentialField field, Secret value) {
        try {
            return Pattern.compile(field.pattern()).matcher(value.reveal()).matches();
        } catch (PatternSyntaxException wrong) {
            throw new IllegalStateException("the pattern of the field " + field.name() + " is not RE2", wrong);
        }
    }

    private static ToolException invalid(String message) {
        return new ToolException(Reason.INVALID, message);
    }
}
