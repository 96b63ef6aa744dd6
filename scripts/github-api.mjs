// `node scripts/github-api.mjs REST WEBHOOKS`: the parts of GitHub's published descriptions that the tests of the door to
// GitHub are held against, without prose and examples, into test/github/published/. Both files are called
// `generated/api.github.com.json`: REST in the npm package @octokit/openapi, WEBHOOKS in @octokit/openapi-webhooks. They
// are too large to be dependencies (386 MB unpacked).
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const OPERATIONS = [
  "issues/list-comments",
  "issues/create-comment",
  "issues/get-comment",
  "issues/update-comment",
  "issues/delete-comment",
  "issues/list-events-for-timeline",
  "pulls/get",
  "pulls/list",
  "pulls/list-reviews",
  "repos/get-commit",
  "repos/get-collaborator-permission-level",
  "teams/get-membership-for-user-in-org",
  "repos/list-pull-requests-associated-with-commit",
  "actions/list-workflow-runs-for-repo",
];
const EVENTS = [
  "pull-request-opened",
  "pull-request-synchronize",
  "pull-request-reopened",
  "pull-request-labeled",
  "pull-request-unlabeled",
  "pull-request-review-submitted",
  "pull-request-review-dismissed",
  "push",
  "merge-group-checks-requested",
  "workflow-dispatch",
  "workflow-run-completed",
];

const [restFile, webhooksFile] = process.argv.slice(2);
if (webhooksFile === undefined) {
  process.stderr.write("usage: node scripts/github-api.mjs REST WEBHOOKS\n");
  process.exit(2);
}

const rest = read(restFile);
const wanted = Object.entries(rest.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([, operation]) => OPERATIONS.includes(operation.operationId))
    .map(([method, operation]) => ({ path, method, operation })),
);
missing(
  OPERATIONS,
  wanted.map(({ operation }) => operation.operationId),
);
const paths = {};
for (const { path, method, operation } of wanted) {
  paths[path] = { ...paths[path], [method]: bare(operation) };
}
write("rest.json", { openapi: rest.openapi, info: rest.info, paths, components: closure(rest, paths) });

const webhooks = read(webhooksFile);
const found = Object.fromEntries(
  EVENTS.map((name) => [name, webhooks.webhooks?.[name] ?? webhooks["x-webhooks"]?.[name]]),
);
missing(
  EVENTS,
  EVENTS.filter((name) => found[name] !== undefined),
);
const events = Object.fromEntries(
  EVENTS.map((name) => [name, bare(found[name].post.requestBody.content["application/json"].schema)]),
);
write("webhooks.json", {
  openapi: webhooks.openapi,
  info: webhooks.info,
  events,
  components: closure(webhooks, events),
});

function read(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

function missing(names, present) {
  const absent = names.filter((name) => !present.includes(name));
  if (absent.length > 0) throw new Error(`not in the description: ${absent.join(", ")}`);
}

/** Without what no check reads. `properties` may hold a field that is called like one of these. */
function bare(value, inProperties = false) {
  if (Array.isArray(value)) return value.map((item) => bare(item));
  if (typeof value !== "object" || value === null) return value;
  const prose = ["description", "summary", "example", "examples", "externalDocs", "tags", "title"];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => inProperties || !(prose.includes(key) || key.startsWith("x-")))
      .map(([key, member]) => [key, bare(member, !inProperties && key === "properties")]),
  );
}

/** Every component that a part refers to, directly or not. */
function closure(description, part) {
  const components = {};
  const queue = [part];
  for (const value of queue) {
    for (const [, kind, name] of JSON.stringify(value).matchAll(/"#\/components\/([^/"]+)\/([^"]+)"/g)) {
      components[kind] ??= {};
      if (components[kind][name] !== undefined) continue;
      components[kind][name] = bare(description.components[kind][name]);
      queue.push(components[kind][name]);
    }
  }
  return Object.fromEntries(Object.entries(components).map(([kind, members]) => [kind, sorted(members)]));
}

function sorted(members) {
  return Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function write(name, value) {
  const file = fileURLToPath(new URL(`../test/github/published/${name}`, import.meta.url));
  writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`);
  process.stdout.write(`${name}: ${Math.round(JSON.stringify(value).length / 1024)} KiB\n`);
}
