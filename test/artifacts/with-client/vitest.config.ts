import { defineConfig } from "vitest/config";

/**
 * Proofs that need the real client, which `npm test` does without:
 * `npx vitest run --config test/artifacts/with-client/vitest.config.ts`.
 */
export default defineConfig({
  test: {
    include: ["test/artifacts/with-client/*.proof.ts"],
    testTimeout: 600_000,
    fileParallelism: false,
    env: { NO_COLOR: "1", TZ: "UTC", LC_ALL: "C.UTF-8" },
  },
});
