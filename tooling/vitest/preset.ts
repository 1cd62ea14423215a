import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { skipReasons } from "./skip-reasons.ts";

/**
 * What every package shares: sources of the workspace instead of builds, and a test that prints fails.
 * `src/**` holds unit tests beside the code; `test/**` holds what needs sockets, files or terminals. Where tests leave
 * nothing behind, the files of a package share their workers (`--no-isolate`), and each module is loaded once.
 */
const preset: ViteUserConfig = defineConfig({
  // These replace Vite's defaults, of which those are repeated here after ours that Node has too.
  ssr: { resolve: { conditions: ["@install-summary/source", "node", "development|production"] } },
  test: {
    include: ["**/*.test.{ts,tsx}"],
    reporters: ["default", skipReasons],
    // Tests of programs wait for half of their time: for a start, a timer, a disk. Those that only compute ask for fewer.
    maxWorkers: Math.max(4, availableParallelism()),
    // Other packages' tests run at the same time, and a busy machine is not a bug.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    restoreMocks: true,
    unstubEnvs: true,
    // Times of day are shown where people are; tests are all in one place.
    // Node keeps what it compiled of the sources that threads and processes run, which would begin anew in each of them.
    env: { TZ: "UTC", NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules/.cache/compiled") },
    setupFiles: [fileURLToPath(new URL("./fail-on-console.ts", import.meta.url))],
  },
});

export default preset;
