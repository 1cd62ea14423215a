import { openCoreSuite } from "./core/core-suite.ts";
import { openHttpSuite } from "./http/http-suite.ts";
import type { Suite, SuiteOptions } from "./judging/measurement.ts";

/** The suites, in the order in which they run. */
export const suites: Readonly<Record<string, (options: SuiteOptions) => Promise<Suite>>> = {
  core: openCoreSuite,
  http: openHttpSuite,
};
