import type { HelpScreen, Screen } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import type { KeyRow, Section } from "./key-rows.ts";
import { permittedSections, type Permission } from "./read-only-rows.ts";

interface Help {
  readonly title: string;
  readonly sections: readonly Section[];
}

/** The rows of the keys that work on a screen; undefined where it takes text, or is only read. */
export function keyRows(
  permission: Permission,
  screen: Screen,
  glyphs: Glyphs,
): readonly KeyRow[] | undefined {
  // The menu of the orders shows its own keys.
  if (screen.name === "sort") return system;
  if (!isPlace(screen.name)) return undefined;
  // A reading has taken the last line: all other keys of the review are about a line.
  if (screen.name === "review" && permission.staging.apps.size === 0) return [undoing, ...everywhere.keys];
  const own = placesOf(permission, glyphs)[screen.name].sections.filter(({ title }) => title === "");
  return [...own, everywhere].flatMap(({ keys }) => keys);
}

/** The keys of the screen that help was asked for on; with `all` those of every screen. */
export function helpFor(permission: Permission, { back, all }: HelpScreen, glyphs: Glyphs): Help {
  const places = placesOf(permission, glyphs);
  const rest = [everywhere, signsOf(glyphs, all || back.name === "conflict")];
  if (all) {
    const sections = Object.values(places).flatMap(({ title, sections: own }) =>
      own.map((section) => (section.title === "" ? { ...section, title } : section)),
    );
    return { title: "Keys of all screens", sections: [...sections, ...rest] };
  }
  const place = isPlace(back.name) ? back.name : "list";
  const { title, sections } = places[place];
  return {
    title: `Keys ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
    sections: [...sections, ...rest],
  };
}

const placeNames = ["list", "counters", "review", "results", "history", "drafts", "conflict"] as const;

type Place = (typeof placeNames)[number];

function isPlace(name: string): name is Place {
  return placeNames.some((place) => place === name);
}

const copying = "copy what is staged, else what reads the app, as curl, PowerShell or JSON";
const renewing = "use a new token";
const undoing: KeyRow = [
  "u  Ctrl-R",
  "undo, redo",
  [
    ["u", "undo the last edit"],
    ["Ctrl-R", "redo what was undone"],
  ],
];
const stagedApps: KeyRow = [
  "n N",
  "next, previous app with staged edits",
  [
    ["n", "next app with staged edits"],
    ["N", "previous app with staged edits"],
  ],
];
const histories: KeyRow = [
  "h  H",
  "history of the app, of all apps",
  [
    ["h", "history of the app"],
    ["H", "history of all apps"],
  ],
];

function placesOf(permission: Permission, glyphs: Glyphs): Readonly<Record<Place, Help>> {
  const { keys, differs } = glyphs;
  const move = `${keys.upDown} PgUp PgDn g G`;
  const list: Section = {
    title: "",
    keys: [
      [move, "move; also j k, Home End, Ctrl-D Ctrl-U"],
      [`${keys.right} ${keys.enter} Tab`, "into the counters", [[keys.enter, "into the counters"]]],
      ["/", "filter by name, publisher, id, platform"],
      ["f", "only apps with failures"],
      ["Esc", "all apps again, without the filter"],
      ["o", "sort"],
      stagedApps,
      ["s", "review what is staged"],
      undoing,
      ["D", "drop the app's edits"],
      histories,
      ["c", copying],
      ["R", "read the list again; staged edits move to what is found"],
      ["t", renewing],
    ],
  };
  const filter: Section = {
    title: "In the filter",
    keys: [
      ["failed>10 users.failed=0", "by numbers; failed>5% by share"],
      ["platform:ios publisher:adobe", "by what it is"],
      ["is:staged is:failing", "by state"],
      [`"vpn client" -adobe`, "as it is written, without"],
      ["/ again", `type another one, or ${keys.right} to add to the one that was kept`],
      ["Ctrl-U Ctrl-W", "empty, delete a word"],
    ],
  };
  const counters: Section = {
    title: "",
    keys: [
      [`${keys.upDown} ${keys.leftRight} Tab`, "move between the ten; also Shift-Tab"],
      ["0-9", "set the counter"],
      ["+ -", "add to it, take from it"],
      ["x  Delete", "as it was"],
      [keys.enter, "edit what is staged there"],
      ["paste", "one number, five rows of two, ten, or a JSON patch"],
      stagedApps,
      ["s", "review what is staged"],
      undoing,
      ["D", "drop the app's edits"],
      histories,
      ["c", copying],
      ["R", "read the app again"],
      ["t", renewing],
      ["Esc", "back to the list"],
    ],
  };
  const entry: Section = {
    title: "While a number is typed",
    keys: [
      [keys.enter, "stage, go down"],
      ["Tab", "stage, go on"],
      ["Esc", "drop it"],
      ["Ctrl-U", "empty it"],
    ],
    isDense: true,
    opensByNumber: true,
  };
  const review: Section = {
    title: "",
    keys: [
      ["y", "send, each app alone, guarded by its version"],
      ["Space", "leave the app out, or take it in again"],
      [
        "d  e",
        "drop this line, type another number",
        [
          ["d", "drop this line"],
          ["e", "type another number"],
        ],
      ],
      [keys.enter, `open the app, or decide what was changed meanwhile (${differs})`],
      [
        "n N",
        "next, previous line that looks odd",
        [
          ["n", "next line that looks odd"],
          ["N", "previous line that looks odd"],
        ],
      ],
      undoing,
      ["R", `read again all that moved (${differs}) or are not confirmed`],
      ["c", "copy the app's request as curl, PowerShell or JSON"],
      ["t", renewing],
      [move, "move"],
    ],
  };
  const results: Section = {
    title: "",
    keys: [
      ["R", `read again all that moved (${differs}) or are not confirmed`],
      ["s", "review what is still staged"],
      [keys.enter, "open the app"],
      [
        "u  U",
        "stage what takes the change back, or all that was sent",
        [
          ["u", "stage what takes the change back"],
          ["U", "stage what takes all back that was sent"],
        ],
      ],
      ["h", "history of the app"],
      [
        "c  C",
        "copy a report of what did not go through, the commands that undo what was sent",
        [
          ["c", "copy a report of what did not go through"],
          ["C", "copy the commands that undo what was sent"],
        ],
      ],
      ["Space", "show more of what is said about the line"],
      ["t", renewing],
      [move, "move"],
      ["Esc", "back"],
    ],
  };
  const history: Section = {
    title: "",
    keys: [
      ["u", "stage what takes the change back, and review it"],
      [keys.enter, "the whole change, with its request-id"],
      [keys.leftRight, "the trend of another counter of it"],
      histories,
      ["c", "copy the change as JSON"],
      ["R", "read again"],
      ["s", "review what is staged"],
      ["t", renewing],
      [move, "move; older changes come by themselves"],
      ["Esc", "back"],
    ],
  };
  const conflict: Section = {
    title: "",
    keys: [
      [
        "m  t",
        "keep mine, take theirs",
        [
          ["m", "keep mine"],
          ["t", "take theirs"],
        ],
      ],
      ["e  0-9 + -", "type another number"],
      [
        "M  T",
        "the same for all open lines of the app",
        [
          ["M", "keep mine for all open lines of the app"],
          ["T", "take theirs for all open lines of the app"],
        ],
      ],
      [
        "n N",
        `next, previous open line (${differs})`,
        [
          ["n", "next open line"],
          ["N", "previous open line"],
        ],
      ],
      undoing,
      [keys.enter, "to the review, once all is decided; nothing is sent"],
      [move, "move"],
      ["Esc", "back; everything stays staged"],
    ],
  };
  const drafts: Section = {
    title: "",
    keys: [
      [keys.enter, "bring all drafts back; conflicts are shown"],
      ["Space", "bring back only this one"],
      ["R", "read their apps again"],
      ["n  Esc", "not now: they stay on disk, and the next start offers them"],
      ["x  Delete", "throw this one away, or all; asks first"],
      [move, "move"],
    ],
  };
  const of = (place: Place, title: string, ...sections: readonly Section[]): Help => ({
    title,
    sections: permittedSections(place, sections, permission, glyphs),
  });
  return {
    list: of("list", "In the list", list, filter),
    counters: of("counters", "Among the counters", counters, entry),
    review: of("review", "In the review", review),
    results: of("results", "In the results", results),
    history: of("history", "In the history", history),
    conflict: of("conflict", "What was changed meanwhile", conflict),
    drafts: of("drafts", "Among the drafts", drafts),
  };
}

const system: readonly KeyRow[] = [
  ["Ctrl-Z", "suspend"],
  ["Ctrl-L", "redraw"],
];

const everywhere: Section = {
  title: "Everywhere",
  keys: [[":", "commands"], ["?", "keys"], ["Esc", "back"], ["q", "quit"], ...system],
  isDense: true,
};

/** `withTable` adds those of the table of what was changed meanwhile. */
function signsOf(glyphs: Glyphs, withTable: boolean): Section {
  const { staged, differs, recounted, unchanged, dot, states, unknown } = glyphs;
  const table: readonly KeyRow[] = [
    ["=", "only you changed it"],
    [dot, "only others did"],
  ];
  return {
    title: "Signs",
    keys: [
      [staged, "staged"],
      [differs, "changed meanwhile"],
      [recounted, "counted again"],
      ...(withTable ? table : []),
      ["?", "not confirmed"],
      ["!", "looks odd"],
      [unchanged, "not sent"],
      [states.installed, "installed"],
      [states.failed, "failed"],
      [states.notApplicable, "not applicable"],
      [states.notInstalled, "not installed"],
      [states.pendingInstall, "pending"],
      [unknown, "trend: no data"],
      ["red share", "5 % or more failed"],
    ],
    isDense: true,
  };
}
