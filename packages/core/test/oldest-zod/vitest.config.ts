import { fileURLToPath } from "node:url";
import preset from "@tooling/vitest";
import { defineConfig, mergeConfig, type ViteUserConfig } from "vitest/config";

const holder = fileURLToPath(import.meta.resolve("@tooling/oldest-zod/package.json"));

/** The unit tests with the oldest zod that core allows. */
const config: ViteUserConfig = mergeConfig(
  preset,
  defineConfig({
    plugins: [
      {
        name: "oldest-zod",
        enforce: "pre",
        resolveId(source, _importer, options) {
          if (!/^zod(?:\/|$)/.test(source)) return null;
          return this.resolve(source, holder, { ...options, skipSelf: true });
        },
      },
    ],
    test: { setupFiles: [fileURLToPath(new URL("require-oldest-zod.ts", import.meta.url))] },
  }),
);

export default config;
