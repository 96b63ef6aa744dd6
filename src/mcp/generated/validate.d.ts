// Made by scripts/compile-mcp-schema.mjs from schema/mcp-tools.schema.json; do not edit.
import type { ErrorObject } from "ajv";

export declare const validateToolsFile: { (value: unknown): boolean; errors?: ErrorObject[] | null };
