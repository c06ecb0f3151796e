package symbolai.mcp.server.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.tools.KnownNames;
import symbolai.mcp.server.tools.Shown;

/** The fields of a body, which are texts; no value is ever repeated, because it may be a secret. */
record BodyFields(JsonObject json) {

    String text(String name) {
        return optionalText(name)
                .orElseThrow(() -> RestProblem.invalid("the field " + Shown.text(name) + " is missing; it is a text"));
    }

    Optional<String> optionalText(String name) {
        var value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw RestProblem.invalid("the field " + Shown.text(name) + " must be a text");
    }

    /** A list of texts; empty when there is none. */
    List<String> texts(String name) {
        var value = json.getValue(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof JsonArray list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw RestProblem.invalid("the field " + Shown.text(name) + " must be a list of texts");
    }

    /** A choice; false when there is none. */
    boolean flag(String name) {
        var value = json.getValue(name, false);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw RestProblem.invalid("the field " + Shown.text(name) + " must be true or false");
    }

    /** A whole number. */
    Optional<Integer> number(String name, int least, int most) {
        var value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Integer number && number >= least && number <= most) {
            return Optional.of(number);
        }
        throw RestProblem.invalid(
                "the field " + Shown.text(name) + " must be a whole number from " + least + " to " + most);
    }

    /** The fields that have no name of ours. */
    Map<String, Secret> secretsBeside(Set<String> ours) {
        var secrets = new TreeMap<String, Secret>();
        json.fieldNames().stream()
                .filter(name -> !ours.contains(name))
                .forEach(name -> optionalText(name).ifPresent(value -> secrets.put(name, new Secret(value))));
        return secrets;
    }

    /** Refuses all other fields. */
    BodyFields only(List<String> known) {
        json.fieldNames().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw RestProblem.invalid(
                            "the field " + Shown.text(name) + " is not known" + KnownNames.hint(name, known));
                });
        return this;
    }
}
