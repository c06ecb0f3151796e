/**
 * Writes down each call before and after it happens, and whatever else an auditor asks for, as a chain that shows when it was touched. The door
 * is {@link symbolai.mcp.server.audit.AuditLog}; auditors read at {@link symbolai.mcp.server.audit.AuditDesk}.
 */
@NullMarked
package symbolai.mcp.server.audit;

import org.jspecify.annotations.NullMarked;
