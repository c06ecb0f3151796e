/** OAuth over HTTP: the documents by which clients find it, the endpoints that they call, and the pages on which users agree. */
@NullMarked
package symbolai.mcp.server.http.oauth;

import org.jspecify.annotations.NullMarked;
