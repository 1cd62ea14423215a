import preset from "@tooling/vitest";
import { mergeConfig } from "vitest/config";

// Whole programs start here, some of them for the first time after a build.
export default mergeConfig(preset, { test: { testTimeout: 90_000 } });
