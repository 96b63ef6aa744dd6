import { defineConfig } from "vitest/config";

/** Proofs with the real client, which `npm test` does without: `npm run proofs` (docs/semantics.md). */
export default defineConfig({
  test: {
    include: ["test/**/*.proof.ts"],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    // A session of the client keeps two cores busy.
    fileParallelism: false,
    env: { NO_COLOR: "1", TZ: "UTC", LC_ALL: "C.UTF-8" },
  },
});
