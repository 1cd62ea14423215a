/** What a profile can set. */
export interface ConfigKey {
  readonly name: string;
  /** The variable of the environment that says the same. */
  readonly variable: string;
  /** What a value may be. @default any text */
  readonly values?: readonly string[];
  /** The form of a value, where that could be mistaken for a secret: a value that differs is never repeated. */
  readonly form?: {
    readonly pattern: string;
    readonly words: string;
    /** What stands for it in a command that is shown. */
    readonly placeholder: string;
  };
  /** Whether the file has true or false instead of a text. */
  readonly isSwitch?: true;
  /** Whether it is the path of a file that holds a token; the token in its place is never kept, nor shown. */
  readonly isPath?: true;
  readonly help: string;
}

/** The base URL of a facade on this computer. */
export const defaultBaseUrl = "http://127.0.0.1:8420/beta";

/** The keys of a profile, in the order in which they are shown. */
export const configKeys: readonly ConfigKey[] = [
  {
    name: "url",
    variable: "INSTALL_SUMMARY_URL",
    form: {
      pattern: "^https?://[^/@\\s]+/([^\\s?#]*/)?beta/?$",
      words: "an http or https URL without a password that ends in /beta",
      placeholder: "URL",
    },
    help: "Base URL of the server, which ends in /beta",
  },
  {
    name: "tokenCommand",
    variable: "INSTALL_SUMMARY_TOKEN_COMMAND",
    form: {
      pattern: String.raw`^(?![^]*(?<![\w-])eyJ[\w-]*\.[\w-]*\.)\s*\S`,
      words: "a command line that prints a token, and has none in itself",
      placeholder: "COMMAND",
    },
    help: "Command line for the shell that prints a bearer token; it runs again when the server refuses the token",
  },
  {
    name: "tokenFile",
    variable: "INSTALL_SUMMARY_TOKEN_FILE",
    isPath: true,
    help: "File that holds a bearer token; it is read again when the server refuses the token",
  },
  {
    name: "tokenVariable",
    variable: "INSTALL_SUMMARY_TOKEN",
    form: {
      pattern: "^[A-Za-z_][A-Za-z0-9_]*$",
      words: "the name of a variable, never the token itself",
      placeholder: "NAME",
    },
    help: "Name of the variable of the environment that holds a bearer token",
  },
  {
    name: "tenant",
    variable: "INSTALL_SUMMARY_TOKEN_TENANT",
    form: {
      pattern: "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$",
      words: "the id of a tenant, a GUID, as tokens have it",
      placeholder: "GUID",
    },
    help: "Tenant that tokens have to be of; a token of another one is never sent",
  },
  {
    name: "readOnly",
    variable: "INSTALL_SUMMARY_READ_ONLY",
    values: ["true", "false"],
    isSwitch: true,
    help: "Whether everything that changes something is refused before the network; no option lifts it",
  },
  {
    name: "glyphs",
    variable: "INSTALL_SUMMARY_GLYPHS",
    values: ["unicode", "ascii"],
    help: "Signs that the terminal shows; by default its locale decides",
  },
];

/** The key of this name. */
export function findConfigKey(name: string): ConfigKey | undefined {
  return configKeys.find((key) => key.name === name);
}
