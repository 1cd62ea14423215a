const probes: ReadonlySet<string> = new Set(["/livez", "/readyz"]);

/** Whether a path is one that orchestrators ask for. They know the service by its address, and must reach it under load. */
export function isProbe(path: string): boolean {
  return probes.has(path);
}
