import { Box, Text, useIsScreenReaderEnabled } from "ink";
import { ariaLabel } from "./aria-label.ts";
import { lineText, mergeSpans, type Line, type Span, type Tone } from "../view/line.ts";
import type { Glyphs } from "../view/glyphs.ts";
import { useTheme } from "./theme.ts";

/** Lines and the box that they are drawn in. */
export interface LinesProps {
  readonly lines: readonly Line[];
  readonly width: number;
  /** Rows that it takes, even with fewer lines. */
  readonly height: number;
}

/** Lines that are already cut, in a box of exactly their size, so that Ink has nothing left to lay out. */
export function Lines({ lines, width, height }: LinesProps): React.ReactNode {
  const isSpoken = useIsScreenReaderEnabled();
  const shown = lines.slice(0, height);
  return (
    <Box flexDirection="column" flexShrink={0} width={width} height={height}>
      {isSpoken ? <SpokenLines lines={shown} /> : <DrawnLines lines={shown} />}
    </Box>
  );
}

/** One text for all lines, in as few pieces as their styles allow: each text and each piece takes Ink as long as many letters. */
function DrawnLines({ lines }: Pick<LinesProps, "lines">): React.ReactNode {
  const spans = lines.flatMap((line, row) => (row === 0 ? line : [{ text: "\n" }, ...line]));
  return <Text wrap="truncate">{mergeSpans(spans).map(drawSpan)}</Text>;
}

function SpokenLines({ lines }: Pick<LinesProps, "lines">): React.ReactNode {
  // Blank rows say nothing.
  const told = lines.filter((line) => ariaLabel(lineText(line)) !== " ");
  return told.map((line, row) => (
    // Rows have no identity but their place.
    // oxlint-disable-next-line react/no-array-index-key
    <Text key={row} wrap="truncate">
      {line.map(drawSpan)}
    </Text>
  ));
}

function drawSpan(span: Span, index: number): React.ReactNode {
  return <StyledSpan key={index} span={span} />;
}

function StyledSpan({ span }: { readonly span: Span }): React.ReactNode {
  const { colours, glyphs } = useTheme();
  const isSpoken = useIsScreenReaderEnabled();
  const { text, tone = "plain", bold = false, inverse = false, said } = span;
  const colour = colours ? colourOf[tone] : undefined;
  const drawn = cellSigns(text, glyphs);
  if (!isSpoken && colour === undefined && tone !== "dim" && !bold && !inverse) return drawn;
  return (
    <Text
      {...(isSpoken && { "aria-label": said ?? ariaLabel(text) })}
      bold={bold}
      inverse={inverse}
      dimColor={tone === "dim"}
      {...(colour !== undefined && { color: colour })}
    >
      {drawn}
    </Text>
  );
}

/** Signs of the editor's own words as the terminal can show them; each stays one cell wide. */
function cellSigns(text: string, glyphs: Glyphs): string {
  return text.replaceAll("−", glyphs.minus).replaceAll("…", glyphs.ellipsis);
}

/** Of the terminal's own palette, so that they suit its background. */
const colourOf: Readonly<Record<Tone, string | undefined>> = {
  plain: undefined,
  dim: undefined,
  accent: "cyan",
  wrong: "red",
};
