export type { ClientOrigin } from "../resource/change-origin.ts";
export { createInstallSummaryClient } from "./client.ts";
export { EditConflictError, isEditConflictError } from "./edit-conflict-error.ts";
export type {
  AnsweredWarning,
  ClientOptions,
  EditOptions,
  InstallSummaryClient,
  ListedApp,
  ListedPage,
  ListOptions,
  PageOptions,
  PagesOptions,
  ReadSummary,
  RequestOptions,
  UpdatedSummary,
  UpdateOptions,
} from "./types.ts";
export {
  isLostAnswerError,
  LostAnswerError,
  type LostAnswerOptions,
  type LostAnswerOutcome,
} from "./errors.ts";
