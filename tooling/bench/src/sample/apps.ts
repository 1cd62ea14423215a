import { counterNames, type MobileApp } from "@install-summary/core";
import { examplePatch } from "./example.ts";

/** A tenant that every process of a run can make for itself: apps by number, ids in no order. */
export function appIdOf(number: number): string {
  // A multiplication by an odd number permutes the 32-bit numbers, so that no id comes twice.
  const spread = Math.imul(number + 1, 0x9e_37_79_b1) >>> 0;
  return `${spread.toString(16).padStart(8, "0")}-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** The name of an app by number; the order of the names is that of the numbers. */
export function appNameOf(number: number): string {
  return `Sample application ${String(number).padStart(7, "0")}`;
}

/** An app by number, as an import makes it. */
export function appOf(number: number): MobileApp {
  return {
    "@odata.type": "#microsoft.graph.win32LobApp",
    id: appIdOf(number),
    displayName: appNameOf(number),
    description: null,
    publisher: "Contoso",
    createdDateTime: "2026-11-26T10:00:00Z",
    lastModifiedDateTime: "2026-11-26T10:00:00Z",
    isFeatured: false,
    privacyInformationUrl: null,
    informationUrl: null,
    owner: null,
    developer: null,
    notes: null,
    publishingState: "published",
    isAssigned: true,
  };
}

/** How a report is made. */
export interface ReportOptions {
  /** How many rows it has. */
  readonly apps: number;
  /** Every second row has a counter below zero. */
  readonly isHalfRejected?: boolean;
}

/** A report about the first apps as chunks of CSV, each counter as in the specification's example. */
export function* reportChunks({ apps, isHalfRejected = false }: ReportOptions): Generator<string> {
  const columns = counterNames.map((name) => name.charAt(0).toUpperCase() + name.slice(1));
  const counters = counterNames.map((name) => examplePatch[name]).join(",");
  let chunk = `ApplicationId,DisplayName,Publisher,ODataType,${columns.join(",")}\r\n`;
  for (let number = 0; number < apps; number += 1) {
    const values = isHalfRejected && number % 2 === 1 ? `-${counters}` : counters;
    chunk += `${appIdOf(number)},${appNameOf(number)},Contoso,#microsoft.graph.win32LobApp,${values}\r\n`;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}
