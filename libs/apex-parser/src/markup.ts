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
  private attributes: string[] = [];

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
    this.attributes = [];
  }

  onattribname(start: number, end: number): void {
    this.attributes.push(this.html.slice(start, end), '');
  }

  onattribdata(start: number, end: number): void {
    this.attributes[this.attributes.length - 1] = this.html.slice(start, end);
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
    const at = this.attributes.indexOf(name);
    return at === -1 ? '' : (this.attributes[at + 1] ?? '');
  };
}
