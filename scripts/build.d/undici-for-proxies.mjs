// Stands in for the package `undici` in the built Action. Node has the same `fetch` built in; what it lacks on Node 20 is
// a way through a proxy, and only for that the package is set up. GitHub's toolkit names a dispatcher exactly then.
const undici = () => require("../../node_modules/undici/index.js");

export function fetch(url, options) {
  return options?.dispatcher === undefined ? globalThis.fetch(url, options) : undici().fetch(url, options);
}

/** A constructor: what it returns takes the place of the new object. */
export function ProxyAgent(...options) {
  return new (undici().ProxyAgent)(...options);
}
