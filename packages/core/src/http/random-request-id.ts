/** A random id of a request, in the form of a GUID. `crypto.randomUUID` is quicker, and missing on pages without HTTPS. */
export function randomRequestId(): string {
  if ("randomUUID" in crypto) return crypto.randomUUID();
  return guidOf(globalThis.crypto.getRandomValues(new Uint8Array(16)));
}

function guidOf(bytes: Uint8Array): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
