export { checkPair, type PairRun, type SendRequest, type SentRequest } from "./check-pair.ts";
export type {
  ExpectedError,
  ExpectedJson,
  GoldenPair,
  PairAnswer,
  PairAnswerHead,
  PairFeature,
  PairIdentity,
  PairRequest,
} from "./golden-pair.ts";
export { goldenPairs } from "./golden-pairs.ts";
