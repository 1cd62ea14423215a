import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import {
  answered,
  changed,
  invalidQuery,
  pair,
  patch,
  path,
  refused,
  type UnnumberedPair,
} from "./pair-parts.ts";
import { minimal } from "./read-pairs.ts";

/** What differs from the example once 49 went through. */
export const typed: InstallSummaryPatch = { ...minimal, failedUserCount: 49 };

/** 46–54: what else stands beside the body of a PATCH. */
export const requestPairs: readonly UnnumberedPair[] = [
  pair(
    "PATCH with dryRun twice is 400",
    { ...patch('{"failedDeviceCount":46}'), path: `${path}?dryRun=true&dryRun=false` },
    invalidQuery(),
  ),
  pair(
    "PATCH with a dryRun that is neither true nor false is 400",
    { ...patch('{"failedDeviceCount":47}'), path: `${path}?dryRun=maybe` },
    invalidQuery(),
  ),
  pair(
    "PATCH with If-Unmodified-Since is 400, so that protection that was asked for is not dropped",
    patch('{"failedDeviceCount":48}', { "if-unmodified-since": "Mon, 30 Sep 2024 13:47:10 GMT" }),
    refused(400, "BadRequest"),
  ),
  pair(
    "PATCH of JSON that says it is UTF-8 goes through",
    patch('{"failedUserCount":49}', { "content-type": "application/json; charset=utf-8" }),
    changed("typed", typed),
  ),
  pair(
    "PATCH of JSON in another charset is 415",
    patch('{"failedDeviceCount":50}', { "content-type": "application/json; charset=iso-8859-1" }),
    refused(415, "UnsupportedMediaType"),
  ),
  pair(
    "PATCH of more than 64 KiB is 413",
    patch(`{"failedDeviceCount":51}${" ".repeat(65_536)}`),
    refused(413, "RequestEntityTooLarge"),
  ),
  pair(
    "PATCH with a list of preferences takes those that it knows",
    patch("{}", { prefer: "respond-async, return=minimal" }),
    { status: 204, headers: { "preference-applied": "return=minimal" } },
  ),
  pair(
    "PATCH with return=representation is answered with the summary, and says so",
    patch("{}", { prefer: "return=representation" }),
    {
      ...answered("typed", typed),
      headers: { etag: "{etag:typed}", "preference-applied": "return=representation" },
    },
  ),
  pair(
    "PATCH with a preference that is not honoured does not say that it was",
    patch("{}", { prefer: "respond-async" }),
    { ...answered("typed", typed), headers: { etag: "{etag:typed}", "preference-applied": null } },
  ),
];
