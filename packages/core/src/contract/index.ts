export { checkPair, type PairRun, type SendRequest, type SentRequest } from "./check/check-pair.ts";
export { checkList } from "./check/check-list.ts";
export { checkRace } from "./check/check-race.ts";
export type { ExpectedJson } from "./format/expected-json.ts";
export type {
  ExpectedError,
  GoldenPair,
  PairFeature,
  PairIdentity,
  PairRequest,
  PairResponse,
  PairResponseHead,
} from "./format/golden-pair.ts";
export { goldenPairs } from "./pairs/golden-pairs.ts";
export type { MemoryFault } from "./memory/faults.ts";
export {
  createMemoryService,
  type MemoryService,
  type MemoryServiceOptions,
} from "./memory/memory-service.ts";
export type { MemoryApp } from "./memory/seed-apps.ts";
export { exampleApp, exampleSummary } from "../resource/example.ts";
