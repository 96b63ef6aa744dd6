import { defineConfig } from "vitest/config";
export default defineConfig({
  test: {
    include: ["test/**/*.modules.ts"],
    testTimeout: 120000,
    env: { NO_COLOR: "1", TZ: "UTC", LC_ALL: "C.UTF-8" },
  },
});
