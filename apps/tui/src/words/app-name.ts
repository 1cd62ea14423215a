import { visibleText } from "@install-summary/core/text";

/** The name of an app in a sentence, safe to show. */
export function appName({
  id,
  displayName,
}: {
  readonly id: string;
  readonly displayName: string | null;
}): string {
  return displayName === null || displayName.trim() === "" ? id : visibleText(displayName, 200);
}

/** The name of an app as it is, or its id where it has none. */
export function nameOf({
  id,
  displayName,
}: {
  readonly id: string;
  readonly displayName: string | null;
}): string {
  return displayName === null || displayName.trim() === "" ? id : displayName;
}
