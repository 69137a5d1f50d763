/** A line of the feed before it is written: a cell, a mark of a row (`*`, `#`, `*in` …), or a line above the table. */
export type Line =
  | { kind: 'cell'; row: string; column: number; cls: string; text: string }
  | { kind: 'mark'; row: string; cls: string; value: string }
  | { kind: 'head'; target: string; cls: string; value: string };

/** As it goes over the wire. */
export function lineText(line: Line): string {
  switch (line.kind) {
    case 'cell':
      return `${line.row}c${line.column}|${line.cls}|${line.text}`;
    case 'mark':
      return `${line.row}|${line.cls}|${line.value}`;
    case 'head':
      return `${line.target}|${line.cls}|${line.value}`;
  }
}

/** What a line changes: two lines of one target must stay in their order. */
export function targetOf(line: Line): string {
  if (line.kind === 'cell') return `${line.row}c${line.column}`;
  return line.kind === 'head' ? line.target : `${line.row}|${line.cls === '#' ? '#' : ''}`;
}
