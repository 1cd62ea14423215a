import type { GoldenPair } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { patch } from "./parts/requests.ts";
import { current, withoutBody } from "./parts/responses.ts";
import { bodyTo } from "./parts/states.ts";

/** `Prefer`: whether the response to a PATCH has the summary. */
export const preferences: readonly GoldenPair[] = [
  pair(
    13,
    "PATCH with return=minimal returns no body",
    patch(bodyTo("starred"), { prefer: "return=minimal" }),
    withoutBody,
  ),
  pair(
    40,
    "PATCH with return=minimal commits its change and returns no body",
    patch(bodyTo("minimal"), { prefer: "return=minimal" }),
    withoutBody,
  ),
  pair(
    52,
    "PATCH with a list of preferences honours the known ones",
    patch("{}", { prefer: "respond-async, return=minimal" }),
    withoutBody,
  ),
  pair(
    53,
    "PATCH with return=representation returns the summary and Preference-Applied",
    patch("{}", { prefer: "return=representation" }),
    {
      ...current("typed"),
      headers: { etag: "{etag:typed}", "preference-applied": "return=representation" },
    },
  ),
  pair(
    54,
    "PATCH with an unknown preference returns no Preference-Applied",
    patch("{}", { prefer: "respond-async" }),
    { ...current("typed"), headers: { etag: "{etag:typed}", "preference-applied": null } },
  ),
];
