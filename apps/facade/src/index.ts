export { readSettings } from "./settings/read-settings.ts";
export type { SettingOptions, SettingSources } from "./settings/setting-sources.ts";
export type { DevelopmentTokenOptions } from "./identity/development/development-issuer.ts";
export type { TestTokenOptions } from "./test-authority/claims.ts";
export type { TestAuthorityOptions } from "./test-authority/authority.ts";
export { startTestAuthority, type TestAuthority } from "./test-authority/start-test-authority.ts";
export { developmentTenantId } from "./identity/development/development-issuer.ts";
export { createFacade } from "./facade.ts";
export type {
  Facade,
  FacadeApp,
  FacadeImportOptions,
  FacadeOptions,
  UnopenedFacade,
} from "./facade-options.ts";
export { describeRejected } from "./import/describe-rejected.ts";
export type { ImportReport } from "./import/apply-rows.ts";
export type { MissingCounters } from "./import/missing-counters.ts";
export { openReportFile } from "./import/open-report-file.ts";
export type { FacadeSettings } from "./settings/given-settings.ts";
export type { LogDestination } from "./log/log-output.ts";
export { createLog, type Log } from "./log/log.ts";
export type { Limits, Policy, Settings } from "./settings/settings.ts";
export { UserError } from "@install-summary/command-line/errors";
