package symbolai.mcp.server.connections;

import java.util.List;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.CredentialField;

/**
 * A system that users can connect to.
 *
 * @param id its connector's
 * @param title for people
 * @param fields what must be given to connect
 * @param steps how a person gets that
 */
public record ConnectorInfo(String id, String title, List<CredentialField> fields, Connector.Steps steps) {

    public ConnectorInfo {
        fields = List.copyOf(fields);
    }
}
