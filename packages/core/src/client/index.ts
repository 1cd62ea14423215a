export { createInstallSummaryClient } from "./create-install-summary-client.ts";
export type {
  ClientOptions,
  InstallSummaryClient,
  ListedApp,
  ListedPage,
  ListOptions,
  PageOptions,
  PagesOptions,
  ReadSummary,
  RequestOptions,
  UpdateOptions,
} from "./install-summary-client.ts";
