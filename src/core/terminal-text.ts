import type { TextFilter } from './text-filter.ts';

/** A line that is longer is let go in parts, so that no output can fill the memory. */
const LINE_CHARS = 65_536;
/** A control string (a window's title, say) ends here if nothing else ends it. */
const STRING_CHARS = 4096;

const ESC = '\u001B';
const STRING_BEGINS = ']PX^_';
const C1_CSI = '\u009B';
const C1_STRINGS = '\u0090\u0098\u009D\u009E\u009F';
const STRING_ENDS = '\u0007\u009C';

type Mode = 'text' | 'escape' | 'csi' | 'string' | 'string-escape';

/**
 * Leaves of a terminal's output what a person would read: no colours, no cursor movements, no window titles, no links; a line
 * that is written again after a carriage return counts as its last version. Lines appear when they end.
 */
export function createPlainText(): TextFilter {
  /** Control characters, and those that turn the direction of writing round. */
  const special = /[\p{Cc}\p{Bidi_Control}]/gu;
  let mode: Mode = 'text';
  let line = '';
  let returned = false;
  let stringChars = 0;
  let out = '';

  function write(text: string): void {
    if (text === '') return;
    if (returned) line = '';
    returned = false;
    line += text;
    if (line.length >= LINE_CHARS) flush();
  }

  function flush(): void {
    out += line;
    line = '';
  }

  function control(char: string): void {
    if (char === '\n') {
      returned = false;
      line += '\n';
      flush();
    } else if (char === '\t') write(char);
    else if (char === '\r') returned = true;
    else if (char === ESC) mode = 'escape';
    else if (char === C1_CSI) mode = 'csi';
    else if (C1_STRINGS.includes(char)) beginString();
  }

  function beginString(): void {
    mode = 'string';
    stringChars = 0;
  }

  /** Takes one character of a control sequence; false when it belongs to the text again. */
  function swallow(char: string): boolean {
    if (char === '\n' || char === '\r') return false;
    switch (mode) {
      case 'escape':
        if (char === '[') mode = 'csi';
        else if (STRING_BEGINS.includes(char)) beginString();
        else if (char !== ESC && (char < ' ' || char > '/')) mode = 'text';
        return true;
      case 'csi':
        if (char === ESC) mode = 'escape';
        else if (char < ' ' || char > '~') return false;
        else if (char >= '@') mode = 'text';
        return true;
      case 'string':
        stringChars += 1;
        if (char === ESC) mode = 'string-escape';
        else if (STRING_ENDS.includes(char) || stringChars >= STRING_CHARS) mode = 'text';
        return true;
      case 'string-escape':
        mode = 'escape';
        if (char === '\\') mode = 'text';
        return char === '\\' ? true : swallow(char);
      case 'text':
        return false;
      default:
        return mode satisfies never;
    }
  }

  function take(text: string): void {
    for (let at = 0; at < text.length;) {
      if (mode !== 'text') {
        if (!swallow(text.charAt(at))) mode = 'text';
        else at += 1;
        continue;
      }
      special.lastIndex = at;
      const found = special.exec(text);
      write(text.slice(at, found?.index ?? text.length));
      if (!found) return;
      control(found[0]);
      at = found.index + 1;
    }
  }

  return {
    push(text) {
      take(text);
      const ready = out;
      out = '';
      return ready;
    },
    end() {
      flush();
      const ready = out;
      out = '';
      return ready;
    },
  };
}
