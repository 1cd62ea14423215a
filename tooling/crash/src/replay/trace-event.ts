/** A call of the system in a trace, with the numbers of the lines where it began and ended. */
interface Call {
  readonly begin: number;
  readonly end: number;
}

/** What a program did to its files, and which responses it sent. */
export type TraceEvent = Call &
  (
    | { readonly kind: "write"; readonly path: string; readonly offset: number; readonly data: Buffer }
    | { readonly kind: "truncate"; readonly path: string; readonly size: number }
    /** Of a file, or of a folder, which keeps the names in it. */
    | { readonly kind: "sync"; readonly path: string; readonly isDone: boolean }
    | { readonly kind: "respond"; readonly requestIds: readonly string[] }
  );

/** The calls that a trace must have. */
export const tracedCalls = "pwrite64,ftruncate,fsync,fdatasync,write,writev";
