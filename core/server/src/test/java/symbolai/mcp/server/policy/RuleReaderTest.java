package symbolai.mcp.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReaderTest {

    @Test
    void aRuleIsWrittenAsItWasRead() {
        var json = new JsonObject("""
                {"id": "support-reads", "effect": "allow", "roles": ["operator", "viewer"], "users": ["ada"], "keys": ["k1"],
                 "clients": ["https://a.example/*"], "agents": true, "tools": ["d1_*"], "access": "read", "accounts": ["acme"],
                 "databases": ["orders"], "tables": ["tickets"], "addresses": ["local", "10.0.0.0/8"], "days": ["mon", "fri"],
                 "from": "09:00", "to": "17:30", "zone": "Europe/Berlin", "rows": 100, "bytes": 5000, "note": "why"}""");

        assertThat(RuleCodec.json(RuleReader.read(json))).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                  | effect is missing; it is allow, deny or approve
            {"effect": "allow"}                                 | id is missing; it is a short name such as support-reads
            {"effect": "permit"}                                | effect is "permit"; it is one of allow, deny, approve
            {"effect": 1}                                       | effect must be a text of 1 to 200 characters
            {"effect": "allow", "id": "A b"}                    | id is "A b"; it has 1 to 40 small letters
            {"effect": "allow", "id": "a", "tool": "x"}         | there is no field "tool"; the fields are id, effect, roles
            {"effect": "allow", "id": "a", "roles": ["root"]}   | roles is "root"; it is one of viewer, operator, admin, auditor
            {"effect": "allow", "id": "a", "roles": []}         | roles holds 0 texts; it holds 1 to 100
            {"effect": "allow", "id": "a", "tools": [1]}        | tools must be a list of texts
            {"effect": "allow", "id": "a", "tools": [""]}       | tools must be a list of texts
            {"effect": "allow", "id": "a", "tools": {"a": 1}}   | tools must be a list of texts
            {"effect": "allow", "id": "a", "access": "all"}     | access is "all"; it is one of read, write, any
            {"effect": "allow", "id": "a", "agents": "yes"}     | agents must be true; left out, the rule is about all, agents too
            {"effect": "allow", "id": "a", "agents": false}     | agents must be true; left out, the rule is about all, agents too
            {"effect": "allow", "id": "a", "users": null}       | users is null, which says nothing; leave it out, or give it a value
            {"effect": "allow", "id": "a", "tools": null}       | tools is null, which says nothing; leave it out, or give it a value
            {"effect": "allow", "id": "a", "rows": null}        | rows is null, which says nothing; leave it out, or give it a value
            {"effect": "allow", "id": "a", "agents": null}      | agents is null, which says nothing; leave it out, or give it a value
            {"effect": "allow", "id": "a", "addresses": ["x"]}  | addresses holds "x"; each is local, an IP address, or a range
            {"effect": "allow", "id": "a", "addresses": ["10.0.0.0/33"]} | addresses holds "10.0.0.0/33"
            {"effect": "allow", "id": "a", "from": "09:00"}     | from and to belong together
            {"effect": "allow", "id": "a", "from": "9", "to": "17:00"} | from is "9"; it is a time such as 09:00
            {"effect": "allow", "id": "a", "from": "29:00", "to": "17:00"} | from is "29:00"; it is a time such as 09:00
            {"effect": "allow", "id": "a", "days": ["monday"]}  | days is "monday"; it is one of mon, tue, wed
            {"effect": "allow", "id": "a", "days": ["mon"], "zone": "Mars"} | zone is "Mars"; it is a time zone
            {"effect": "allow", "id": "a", "zone": "UTC"}       | zone says where the hours are
            {"effect": "allow", "id": "a", "rows": 0}           | rows must be a whole number of at least 1
            {"effect": "allow", "id": "a", "rows": 1.5}         | rows must be a whole number of at least 1
            {"effect": "allow", "id": "a", "bytes": "1"}        | bytes must be a whole number of at least 1
            {"effect": "deny", "id": "a", "rows": 1}            | rows and bytes belong to rules that allow
            {"effect": "allow", "id": "a", "note": " "}         | note must be a text
            """)
    void aWrongRuleIsRefusedWithTheFieldThatIsWrong(String json, String message) {
        assertThatThrownBy(() -> RuleReader.read(new JsonObject(json))).hasMessageStartingWith("the rule: " + message);
    }
}
