package symbolai.mcp.plugins.d1;

import symbolai.mcp.api.Operation;

/**
 * One statement that passed the gate.
 *
 * @param verb what it begins with, in capitals, such as {@code SELECT}
 * @param access whether it can change anything
 * @param limited whether it has a LIMIT of its own, outside all brackets
 */
record GatedStatement(String verb, Operation.Access access, boolean limited) {

    boolean changesSchema() {
        return access == Operation.Access.WRITE
                && (verb.equals("CREATE") || verb.equals("ALTER") || verb.equals("DROP"));
    }
}
