/**
 * A text with the URLs of requests cut in their middle: the query of a page is longer than a screen is wide, and what is
 * wrong comes behind it.
 */
export function shortRequests(text: string): string {
  return text.replaceAll(
    /\b(GET|PATCH|POST) (https?:\/\/\S*[^\s.,:;])/g,
    (whole, method: string, address: string) => {
      const url = URL.parse(address);
      if (url === null) return whole;
      const parts = url.pathname.split("/").filter((part) => part !== "");
      const path = parts.length > 1 ? `…/${parts.at(-1) ?? ""}` : (parts[0] ?? "");
      return `${method} ${url.host}/${path}`;
    },
  );
}
