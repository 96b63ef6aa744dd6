import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const TABLE = /[\\/]plugin-rest-endpoint-methods[\\/]dist-src[\\/]generated[\\/]endpoints\.js$/;

/**
 * Octokit knows a thousand operations of GitHub's API and sets each of them up; here are those that the door to GitHub
 * names, `octokit.rest.issues.listComments`.
 * @param root of this package.
 */
export function usedEndpoints(root) {
  return {
    name: "used-endpoints",
    setup(bundle) {
      bundle.onLoad({ filter: TABLE }, async ({ path }) => {
        const { default: all } = await import(pathToFileURL(path).href);
        const used = {};
        for (const [group, name] of namedIn(join(root, "src", "github"))) {
          if (all[group]?.[name] === undefined) throw new Error(`Octokit has no ${group}.${name}`);
          used[group] = { ...used[group], [name]: all[group][name] };
        }
        return { contents: `export default ${JSON.stringify(used)};` };
      });
    },
  };
}

function namedIn(folder) {
  return readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), "utf8").matchAll(/\.rest\.(\w+)\.(\w+)/g)].map(([, group, name]) => [
      group,
      name,
    ]),
  );
}
