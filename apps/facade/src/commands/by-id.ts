/** An id never changes: an app that gets another name meanwhile would move past a walk by names, or be met twice. */
export const byId = [{ path: { kind: "property", name: "id" }, descending: false }] as const;
