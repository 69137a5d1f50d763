const CELL = /data-id="([bc]?r\d+c\d+)" class="([^"]*)">([^<]*)</g;
const ROW = /<tr data-id="(r\d+)" data-pos="[^"]*"/g;

/** Keeps the last page of a feed up to date from the frames that follow it, line by line. */
export class PageKeeper {
  private lines: string[] = [];
  private readonly cells = new Map<string, { cls: string; text: string }>();
  private readonly positions = new Map<string, string>();
  private readonly heads = new Map<string, string>();

  /** The page as it is after all frames that were read; null when there was none. */
  page(): string | null {
    if (this.lines.length === 0) return null;
    return `${this.lines.map((line) => this.upToDate(line)).join('\n')}\n`;
  }

  read(frame: string): void {
    if (frame.startsWith('init|')) this.begin(frame);
    else for (const line of frame.split('\n')) this.readLine(line);
  }

  private begin(page: string): void {
    this.cells.clear();
    this.positions.clear();
    this.heads.clear();
    this.lines = page.startsWith('init|n|') ? [] : page.trimEnd().split('\n');
  }

  private readLine(line: string): void {
    const [target = '', cls = '', ...rest] = line.split('|');
    if (/^[bc]?r\d+c\d+$/.test(target)) this.cells.set(target, { cls, text: rest.join('|') });
    else if (/^r\d+$/.test(target)) {
      if (cls === '#') this.positions.set(target, rest.join('|'));
    } else if (target !== '') this.heads.set(target, line);
  }

  private upToDate(line: string): string {
    const target = line.slice(0, line.indexOf('|'));
    if (target !== 'grid' && target !== 'gridb') return target === 'css' ? line : (this.heads.get(target) ?? line);
    return line
      .replaceAll(CELL, (whole, id: string) => {
        const cell = this.cells.get(id);
        return cell === undefined ? whole : `data-id="${id}" class="${cell.cls}">${escaped(cell.text)}<`;
      })
      .replaceAll(ROW, (whole, row: string) => {
        const position = this.positions.get(row);
        return position === undefined ? whole : `<tr data-id="${row}" data-pos="${position}"`;
      });
  }
}

/** In a page names are HTML, in a line of their own they are not. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
