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
