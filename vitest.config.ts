import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/fast-check.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Goldens and messages must not depend on who runs them.
    env: { NO_COLOR: "1", TZ: "UTC", LC_ALL: "C.UTF-8" },
  },
});
