import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** Attributes of the tag just opened, as written. */
export interface Attributes {
  readonly html: string;
  /** Where the value found last begins and ends in `html`. */
  readonly from: number;
  readonly to: number;
  /** @returns whether there is such an attribute */
  find(name: string): boolean;
  /** The value of an attribute; empty for none. */
  value(name: string): string;
}

/** Who reads markup: told of tags and texts in order, without any nesting. */
export interface MarkupReader {
  opened(name: string, attributes: Attributes): void;
  /** A stretch of text, entities decoded. */
  text(text: string): void;
  closed(name: string): void;
}

const AS_WRITTEN = { decodeEntities: false };

/** Characters from which on a copy pays. */
const LONG = 1_000;

/** A copy that is no part of a longer text: walking through a part takes a tenth longer. */
function ownText(part: string): string {
  return [part, ''].join('\n');
}

/** Reads HTML in one pass; never throws. No tag swallows what follows it, not even `<script>`: the feed's tables are flat. */
export function readMarkup(html: string, reader: MarkupReader): void {
  const text = html.length < LONG ? html : ownText(html);
  const tokenizer = new Tokenizer(AS_WRITTEN, new MarkupWalk(text, reader));
  tokenizer.write(text);
  tokenizer.end();
}

/** The text with its entities decoded, `&amp;` and `&#39;` for two. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  const parts: string[] = [];
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    { ...SILENT, ontext: (start, end) => void parts.push(text.slice(start, end)), ontextentity: (codepoint) => void parts.push(String.fromCodePoint(codepoint)) },
  );
  tokenizer.write(text);
  tokenizer.end();
  return parts.join('');
}

const nothing = (): void => undefined;

/** Tells nothing of anything. */
const SILENT: TokenizerCallbacks = {
  onattribdata: nothing,
  onattribentity: nothing,
  onattribend: nothing,
  onattribname: nothing,
  oncdata: nothing,
  onclosetag: nothing,
  oncomment: nothing,
  ondeclaration: nothing,
  onend: nothing,
  onopentagend: nothing,
  onopentagname: nothing,
  onprocessinginstruction: nothing,
  onselfclosingtag: nothing,
  ontext: nothing,
  ontextentity: nothing,
};

/** As `startsWith`, at less cost for the few characters of a name or an id. */
export function standsAt(text: string, part: string, from: number): boolean {
  for (let at = 0; at < part.length; at += 1) if (text.charCodeAt(from + at) !== part.charCodeAt(at)) return false;
  return true;
}

const LETTER_T = 116;
const LETTER_D = 100;
const LETTER_R = 114;

class MarkupWalk implements TokenizerCallbacks, Attributes {
  readonly oncdata = nothing;
  readonly oncomment = nothing;
  readonly ondeclaration = nothing;
  readonly onprocessinginstruction = nothing;
  readonly onend = nothing;
  readonly onattribend = nothing;
  readonly onattribentity = nothing;
  readonly ontextentity = nothing;
  private tag = '';
  /** Start and end of the name and of the value of each attribute, in that order. */
  private readonly places: number[] = [];
  private used = 0;
  private readonly hasEntities: boolean;
  from = 0;
  to = 0;

  constructor(
    readonly html: string,
    private readonly reader: MarkupReader,
  ) {
    this.hasEntities = html.includes('&');
  }

  /** Keeps the tokenizer from tags whose content is raw text. */
  isInForeignContext(): boolean {
    return true;
  }

  ontext(start: number, end: number): void {
    const text = this.html.slice(start, end);
    this.reader.text(this.hasEntities ? decodeEntities(text) : text);
  }

  onopentagname(start: number, end: number): void {
    this.tag = this.nameAt(start, end);
    this.used = 0;
  }

  onattribname(start: number, end: number): void {
    const { places, used } = this;
    places[used] = start;
    places[used + 1] = end;
    places[used + 2] = end;
    places[used + 3] = end;
    this.used = used + 4;
  }

  onattribdata(start: number, end: number): void {
    this.places[this.used - 2] = start;
    this.places[this.used - 1] = end;
  }

  onopentagend(): void {
    this.reader.opened(this.tag, this);
  }

  onselfclosingtag(): void {
    this.onopentagend();
  }

  onclosetag(start: number, end: number): void {
    this.reader.closed(this.nameAt(start, end));
  }

  find(name: string): boolean {
    const { places, html, used } = this;
    for (let at = 0; at < used; at += 4) {
      const start = places[at] ?? 0;
      if ((places[at + 1] ?? 0) - start !== name.length || !standsAt(html, name, start)) continue;
      this.from = places[at + 2] ?? 0;
      this.to = places[at + 3] ?? 0;
      return true;
    }
    return false;
  }

  value(name: string): string {
    return this.find(name) ? this.html.slice(this.from, this.to) : '';
  }

  /** Most tags are cells, rows and what stands in them: these need no text of their own. */
  private nameAt(start: number, end: number): string {
    const { html } = this;
    const length = end - start;
    if (length === 2 && html.charCodeAt(start) === LETTER_T) {
      const second = html.charCodeAt(start + 1);
      if (second === LETTER_D) return 'td';
      if (second === LETTER_R) return 'tr';
    }
    return length === 3 && standsAt(html, 'div', start) ? 'div' : html.slice(start, end).toLowerCase();
  }
}
