/** How long a caller's own id of a request may be. */
export const maxOwnIdLength = 128;

/** Whether a caller's own id of a request can be used: printable ASCII of that length, without the blanks at its ends that a header loses. */
export function isUsableId(id: string): boolean {
  return id.length <= maxOwnIdLength && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(id);
}
