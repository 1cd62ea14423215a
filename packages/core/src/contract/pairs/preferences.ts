import type { GoldenPair } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { patch } from "./parts/requests.ts";
import { current, withoutBody } from "./parts/responses.ts";
import { bodyTo } from "./parts/states.ts";

/** `Prefer`: whether a PATCH is answered with the summary. */
export const preferences: readonly GoldenPair[] = [
  pair(
    13,
    "PATCH with return=minimal is answered without a body",
    patch(bodyTo("starred"), { prefer: "return=minimal" }),
    withoutBody,
  ),
  pair(
    40,
    "PATCH with return=minimal that changes something is answered without a body, too",
    patch(bodyTo("minimal"), { prefer: "return=minimal" }),
    withoutBody,
  ),
  pair(
    52,
    "PATCH with a list of preferences takes those that it knows",
    patch("{}", { prefer: "respond-async, return=minimal" }),
    withoutBody,
  ),
  pair(
    53,
    "PATCH with return=representation is answered with the summary, and says so",
    patch("{}", { prefer: "return=representation" }),
    {
      ...current("typed"),
      headers: { etag: "{etag:typed}", "preference-applied": "return=representation" },
    },
  ),
  pair(
    54,
    "PATCH with a preference that is not honoured does not say that it was",
    patch("{}", { prefer: "respond-async" }),
    { ...current("typed"), headers: { etag: "{etag:typed}", "preference-applied": null } },
  ),
];
