package symbolai.mcp.server.tools;

/**
 * Which lists look different to clients after a family came, changed or went.
 *
 * @param tools the list of tools
 * @param resources the list of resources or that of templates
 * @param prompts the list of prompts
 */
public record CatalogChange(boolean tools, boolean resources, boolean prompts) {}
