import { openCliSuite } from "./cli/cli-suite.ts";
import { openCoreSuite } from "./core/core-suite.ts";
import { openGrowthSuite } from "./growth/growth-suite.ts";
import { openHttpsSuite } from "./http/https-suite.ts";
import { openHttpSuite } from "./http/http-suite.ts";
import { openImportSuite } from "./import/import-suite.ts";
import type { Suite, SuiteOptions } from "./judging/measurement.ts";
import { openPostgresSuite } from "./postgres/postgres-suite.ts";
import { openTuiSuite } from "./tui/tui-suite.ts";
import { openStoreSuite } from "./store/store-suite.ts";

/** The suites, in the order in which they run. */
export const suites: Readonly<Record<string, (options: SuiteOptions) => Promise<Suite>>> = {
  core: openCoreSuite,
  cli: openCliSuite,
  http: openHttpSuite,
  https: openHttpsSuite,
  store: openStoreSuite,
  import: openImportSuite,
  growth: openGrowthSuite,
  postgres: openPostgresSuite,
  tui: openTuiSuite,
};
