export type { ClientOrigin } from "../resource/change-origin.ts";
export { createInstallSummaryClient } from "./client.ts";
export { EditConflictError, isEditConflictError } from "./edit-conflict-error.ts";
export {
  ClientError,
  isClientError,
  isNoResponseError,
  isUnconfirmedChangeError,
  UnconfirmedChangeError,
  type ClientErrorCode,
  type UnconfirmedChange,
} from "./errors.ts";
export type {
  AnsweredWarning,
  ClientOptions,
  EditOptions,
  GotSummary,
  InstallSummaryClient,
  ListedApp,
  ListedPage,
  ListOptions,
  PageOptions,
  PagesOptions,
  ReadSummary,
  RequestOptions,
  SendFailure,
  SendOptions,
  UpdatedSummary,
  UpdateOptions,
} from "./types.ts";
