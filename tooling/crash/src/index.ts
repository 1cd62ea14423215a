export { checkHistory } from "./check/check-history.ts";
export type { LoggedChange, StoredSummary, StoreEnd } from "./check/end.ts";
export type { Fault, Rule } from "./check/fault.ts";
export { readEnd, type EndSource } from "./check/read-end.ts";
export type { History, Outcome, SeenApp, SentChange } from "./history/history.ts";
export { startLoad, type Load, type LoadOptions, type LoadWorkers } from "./load/start-load.ts";
