export { checkPair, type PairRun, type SendRequest, type SentRequest } from "./check/check-pair.ts";
export type {
  ExpectedError,
  ExpectedJson,
  GoldenPair,
  PairAnswer,
  PairAnswerHead,
  PairFeature,
  PairIdentity,
  PairRequest,
} from "./format/golden-pair.ts";
export { goldenPairs } from "./golden-pairs.ts";
export type { MemoryFault } from "./memory/faults.ts";
export {
  createMemoryService,
  type MemoryService,
  type MemoryServiceOptions,
} from "./memory/memory-service.ts";
export type { MemoryApp } from "./memory/memory-store.ts";
export { exampleApp, exampleSummary } from "../resource/example.ts";
