import type { TaggedSummary } from "./install-summary.ts";

/** The states of publishing in the order of Graph's enum, where they count up from 0. */
export const publishingStates = ["notPublished", "processing", "published"] as const;

/**
 * Whether an app can be assigned yet. A server may know further states. Source: Microsoft Graph beta, enum
 * `mobileAppPublishingState`.
 */
export type PublishingState = (typeof publishingStates)[number] | (string & {});

/** The properties that every type of Intune app has. Source: Microsoft Graph beta, `mobileApp`. */
export interface MobileApp {
  /** The concrete type, such as `#microsoft.graph.win32LobApp`. */
  readonly "@odata.type": string;
  readonly id: string;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly publisher: string | null;
  /** RFC 3339, UTC; null if a server leaves it out. */
  readonly createdDateTime: string | null;
  /** RFC 3339, UTC; null if a server leaves it out. */
  readonly lastModifiedDateTime: string | null;
  readonly isFeatured: boolean;
  readonly privacyInformationUrl: string | null;
  readonly informationUrl: string | null;
  readonly owner: string | null;
  readonly developer: string | null;
  readonly notes: string | null;
  readonly publishingState: PublishingState;
  readonly isAssigned: boolean;
}

/** An app of a page, with its summary if the request expanded it. */
export interface MobileAppListItem extends MobileApp {
  readonly installSummary?: TaggedSummary | undefined;
}

/** One page of `GET …/mobileApps`. */
export interface MobileAppPage {
  readonly value: readonly MobileAppListItem[];
  /** The absolute URL of the next page; absent on the last one. */
  readonly "@odata.nextLink"?: string | undefined;
  /** How many apps all pages have, if the request asked for it. */
  readonly "@odata.count"?: number | undefined;
}
