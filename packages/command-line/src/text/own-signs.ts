/** Whether the terminal of this environment shows more than ASCII: as chosen, or by its locale; without one it is trusted. */
export function showsUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
  const chosen = env["INSTALL_SUMMARY_GLYPHS"];
  if (chosen === "ascii" || chosen === "unicode") return chosen === "unicode";
  // The first that is set decides, as in setlocale(3).
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find(
    (value) => value !== undefined && value !== "",
  );
  return locale === undefined || /utf-?8/i.test(locale);
}

/** Writes the signs of the programs' own words, such as a minus and an arrow, as the terminal can show them. */
export type OwnSigns = (text: string) => string;

/** The signs for a terminal with this environment: plain ASCII where its locale is not UTF-8. */
export function ownSignsFor(env: Readonly<Record<string, string | undefined>>): OwnSigns {
  if (showsUnicode(env)) return (text) => text;
  return (text) => text.replaceAll(/[−→Δ…·–]/g, (sign) => ascii[sign] ?? sign);
}

const ascii: Readonly<Record<string, string>> = {
  "−": "-",
  "→": "->",
  Δ: "+/-",
  "…": "~",
  "·": "-",
  "–": "-",
};
