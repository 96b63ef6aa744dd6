// Made by scripts/compile-schemas.mjs from schema/claude-context.schema.json; do not edit.
import type { ErrorObject } from "ajv";

export declare const validateContext: { (view: unknown): boolean; errors?: ErrorObject[] | null };
