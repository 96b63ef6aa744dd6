/** Ends a `switch` over a union, so that the compiler names every place where a new kind must be handled. */
export function assertNever(value: never): never {
  throw new TypeError(`unhandled kind: ${JSON.stringify(value)}`);
}
