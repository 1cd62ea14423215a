import { visibleText } from "../text/visible-text.ts";

/** The first words of a body on one line, without the tags of HTML: a proxy's error page, or a sign-in page. */
export function bodyWords(body: string): string {
  return visibleText(
    body
      .slice(0, 2000)
      .replaceAll(/(?:<[^>]*>|\s)+/g, " ")
      .trim(),
    200,
  );
}
