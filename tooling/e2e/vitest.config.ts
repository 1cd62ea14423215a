import preset from "@tooling/vitest";
import { mergeConfig } from "vitest/config";

// Whole programs start here, some of them for the first time after a build. One file runs after the other: `start`
// brings the built editor up to date in place, while other files run it.
export default mergeConfig(preset, { test: { testTimeout: 90_000, fileParallelism: false } });
