/** The tools over REST, generated from their bindings, with the document that describes them and the flow that connects accounts. */
@NullMarked
package symbolai.mcp.server.rest;

import org.jspecify.annotations.NullMarked;
