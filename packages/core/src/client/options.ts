/** The base URL with a slash at its end. Throws `TypeError` for what is none, and for one that holds a secret. */
export function readBaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(
      `The base URL '${text}' is no http or https URL. It looks like http://127.0.0.1:8420/beta.`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError("A base URL must hold no user name and no password: the token says who asks.");
  }
  url.search = "";
  url.hash = "";
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}
