import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/fast-check.ts"],
    // The usual one less leaves half of a machine with two cores idle.
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Goldens and messages must not depend on who runs them.
    env: { NO_COLOR: "1", TZ: "UTC", LC_ALL: "C.UTF-8" },
  },
});
