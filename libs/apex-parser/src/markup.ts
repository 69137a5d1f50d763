import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** Attributes of the tag just opened, as written. */
export type Attributes = (name: string) => string;

/** Who reads markup: told of tags and texts in order, without any nesting. */
export interface MarkupReader {
  opened(name: string, attribute: Attributes): void;
  /** A stretch of text, entities decoded. */
  text(text: string): void;
  closed(name: string): void;
}

/** Reads HTML in one pass; never throws. No tag swallows what follows it, not even `<script>`: the feed's tables are flat. */
export function readMarkup(html: string, reader: MarkupReader): void {
  const walk = new MarkupWalk(html, reader);
  const tokenizer = new Tokenizer({ decodeEntities: false }, walk);
  tokenizer.write(html);
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

class MarkupWalk implements TokenizerCallbacks {
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

  constructor(
    private readonly html: string,
    private readonly reader: MarkupReader,
  ) {}

  /** Keeps the tokenizer from tags whose content is raw text. */
  isInForeignContext(): boolean {
    return true;
  }

  ontext(start: number, end: number): void {
    this.reader.text(decodeEntities(this.html.slice(start, end)));
  }

  onopentagname(start: number, end: number): void {
    this.tag = this.html.slice(start, end).toLowerCase();
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
    this.reader.opened(this.tag, this.attribute);
  }

  onselfclosingtag(): void {
    this.onopentagend();
  }

  onclosetag(start: number, end: number): void {
    this.reader.closed(this.html.slice(start, end).toLowerCase());
  }

  private readonly attribute = (name: string): string => {
    const { places, html, used } = this;
    for (let at = 0; at < used; at += 4) {
      const start = places[at] ?? 0;
      if ((places[at + 1] ?? 0) - start === name.length && html.startsWith(name, start)) return html.slice(places[at + 2], places[at + 3]);
    }
    return '';
  };
}
