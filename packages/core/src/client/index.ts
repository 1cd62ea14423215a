export type { ClientOrigin } from "../resource/change-origin.ts";
export { createInstallSummaryClient } from "./client.ts";
export { randomChangeId } from "../http/change-id.ts";
export { EditConflictError, isEditConflictError } from "./edit-conflict-error.ts";
export { isNoResponseError, isTimeoutError } from "../http/no-response-error.ts";
export { failureSentence } from "./failure-sentence.ts";
export { ClientError, isClientError, type ClientErrorCode } from "./errors.ts";
export type { ClientOptions, RequestHeaders } from "./client-options.ts";
export type {
  ChangesOptions,
  EditOptions,
  ListOptions,
  PageOptions,
  PagesOptions,
  RequestOptions,
  SendFailure,
  ChangeOptions,
  UpdateOptions,
} from "./call-options.ts";
export { rebaseRefused, type RefusedEdit } from "../outcome/rebase-refused.ts";
export type {
  ChangeRecord,
  DryRunWarning,
  EditedSummary,
  FoundRecord,
  GotApp,
  GotSummary,
  InstallSummaryClient,
  ListedApp,
  ListedChange,
  ListedPage,
  SentChange,
  UpdatedSummary,
} from "./types.ts";
export {
  isUnconfirmedChangeError,
  UnconfirmedChangeError,
  type UnconfirmedChange,
} from "./unconfirmed-change-error.ts";
