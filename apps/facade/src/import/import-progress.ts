/** How far an import has come: first all rows are read, then they are applied. */
export type ImportProgress =
  | { readonly step: "read"; readonly rows: number; readonly bytes: number }
  | { readonly step: "apply"; readonly rows: number; readonly of: number };
