/** A server's name as the client writes it into the names of its tools: `mcp__my_server__…`. Two names can become one. */
export function clientServerName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, "_");
}
