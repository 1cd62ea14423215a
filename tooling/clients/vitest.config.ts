import preset from "@tooling/vitest";
import { mergeConfig } from "vitest/config";

// Whole programs start here, some of them compile first.
export default mergeConfig(preset, { test: { testTimeout: 120_000, hookTimeout: 120_000 } });
