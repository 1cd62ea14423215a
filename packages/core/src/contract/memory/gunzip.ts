/** Inflates bytes of gzip by the web's own stream. Throws a `RangeError` for more than `maxBytes`. */
export async function gunzip(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const stream = new Response(new Uint8Array(bytes)).body?.pipeThrough(new DecompressionStream("gzip"));
  const inflated = new Uint8Array(await new Response(stream ?? null).arrayBuffer());
  if (inflated.length > maxBytes) throw new RangeError(`The bytes inflate to more than ${maxBytes}.`);
  return inflated;
}
