import preset from "@tooling/vitest";
import { mergeConfig } from "vitest/config";

// Whole clusters start here, and a failover takes as long as it takes.
export default mergeConfig(preset, {
  test: { testTimeout: 300_000, hookTimeout: 120_000, fileParallelism: false },
});
