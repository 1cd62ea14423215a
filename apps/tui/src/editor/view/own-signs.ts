import type { Glyphs } from "./glyphs.ts";

/** The editor's own signs in its sentences, as the terminal can show them. An arrow that begins a sentence is a key. */
export function ownSigns(text: string, { to, minus, goesOn, dot, keys }: Glyphs): string {
  return text
    .replaceAll(/(?<=^|[.:] )[↑↓←→](?= )/g, (key) => keys[arrows[key] ?? "right"])
    .replaceAll("→", to)
    .replaceAll("−", minus)
    .replaceAll("…", goesOn)
    .replaceAll("·", dot);
}

const arrows: Readonly<Record<string, "up" | "down" | "left" | "right">> = {
  "↑": "up",
  "↓": "down",
  "←": "left",
  "→": "right",
};
