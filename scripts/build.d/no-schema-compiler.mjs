// Stands in for the MCP SDK's own validator of what clients answer to questions of a server; this one asks none.
export class AjvJsonSchemaValidator {
  getValidator() {
    throw new Error("this server asks its client nothing");
  }
}
