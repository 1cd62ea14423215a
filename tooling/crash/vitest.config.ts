import preset from "@tooling/vitest";
import { mergeConfig } from "vitest/config";

// Whole programs start here and are killed, and each test loads the machine alone.
export default mergeConfig(preset, { test: { testTimeout: 120_000, fileParallelism: false } });
