import preset from "@tooling/vitest";
import { mergeConfig } from "vitest/config";

// Whole programs start here, some of them for the first time after a build. The files of `in-place` run one after the other,
// when the others are done: `start` brings the built editor up to date in place, while other files would run it.
export default mergeConfig(preset, { test: { testTimeout: 90_000 } });
