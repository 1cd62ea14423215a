import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import {
  answered,
  changed,
  get,
  modified,
  pair,
  patch,
  path,
  refused,
  type UnnumberedPair,
} from "./pair-parts.ts";
import { starred } from "./preference-pairs.ts";

const matched = { ...starred, notApplicableDeviceCount: 27 };

/** What differs from the example once 29 went through. */
export const listed: InstallSummaryPatch = { ...matched, notInstalledDeviceCount: 29 };

/** 26–31: nothing that was refused so far is committed, and ETags tell one state from another. */
export const etagPairs: readonly UnnumberedPair[] = [
  pair("GET shows nothing of what was refused", get(path), answered("starred", starred)),
  pair(
    "PATCH with the ETag of now goes through and gives another",
    patch('{"notApplicableDeviceCount":27}', { "if-match": "{etag:starred}" }),
    changed("matched", matched),
  ),
  pair(
    "PATCH with that ETag again is 412",
    patch('{"failedDeviceCount":28}', { "if-match": "{etag:starred}" }),
    modified("matched"),
  ),
  pair(
    "PATCH with a list of ETags goes through when one of them is that of now",
    patch('{"notInstalledDeviceCount":29}', { "if-match": "{etag:example}, {etag:matched}" }),
    changed("listed", listed),
  ),
  pair(
    "PATCH with If-None-Match * is 412, since there is a summary",
    patch('{"failedDeviceCount":30}', { "if-none-match": "*" }),
    modified("listed"),
  ),
  pair(
    "PATCH with an If-Match that is no ETag is 400",
    patch('{"failedDeviceCount":31}', { "if-match": 'W/"31' }),
    refused(400, "BadRequest", { innerCode: "malformedEntityTag" }),
  ),
];
