/** Shorter values, such as `en` or `true`, are words of many texts. */
const shortest = 8;

/** Headers whose values are no secrets: a server may name them in what it says. */
const open = /^(?:accept|content-type|client-request-id|install-summary-origin|if-.*)$/;

/**
 * Puts `…` in the place of what a text repeats of the headers of its request: of credentials each part of 8 characters or
 * more, of any other header its value, or the beginning of that before a cut. Errors end up in logs.
 */
export function hideSecrets(text: string, headers: Iterable<readonly [name: string, value: string]>): string {
  let shown = text;
  for (const [name, value] of headers) {
    if (open.test(name) || value.length < shortest) continue;
    const isCredential = /(?:authorization|cookie)$/.test(name);
    const secret = isCredential ? value.replace(/^\w+ +/, "") : value;
    // As it is, in a JSON text, and in a URL.
    for (const form of new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]))
      shown = isCredential ? hideParts(shown, form) : hideValue(shown, form);
  }
  return shown;
}

function hideParts(text: string, secret: string): string {
  const parts = new Set(Array.from(secret, (_, at) => secret.slice(at, at + shortest)));
  let shown = "";
  let hidden = 0;
  for (let at = 0; at < text.length; at += 1) {
    const part = text.slice(at, at + shortest);
    const isNew = at >= hidden;
    if (part.length === shortest && parts.has(part)) {
      if (isNew) shown += "…";
      hidden = at + shortest;
    } else if (isNew) shown += part[0];
  }
  return shown;
}

function hideValue(text: string, value: string): string {
  // A text that was cut shows it, or ends there, perhaps in the quotes of another one.
  const pieces = text.replaceAll(value, "…").split(/(…|\.{3}|\W{0,8}$)/);
  return pieces.map((piece) => hideBeginning(piece, value)).join("");
}

function hideBeginning(piece: string, value: string): string {
  for (let length = Math.min(piece.length, value.length); length >= shortest; length -= 1)
    if (piece.endsWith(value.slice(0, length))) return `${piece.slice(0, -length)}…`;
  return piece;
}
