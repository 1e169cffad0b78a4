import type { TextFilter } from './text-filter.ts';

export type Bounds = { readonly headChars: number; readonly tailChars: number };

/** What is kept of a step's output: its beginning, and its end, where the error usually stands. */
export const OUTPUT_BOUNDS: Bounds = { headChars: 16_384, tailChars: 49_152 };

/** Keeps the first and the last part of an output and says how many bytes were left out between them. The last part comes at the end. */
export function createBounds({ headChars, tailChars }: Bounds): TextFilter {
  let room = headChars;
  let tail = '';
  let dropped = 0;

  function keepTail(text: string, most: number): void {
    tail += text;
    if (tail.length <= most) return;
    const cut = wholeCharacter(tail, tail.length - tailChars);
    dropped += bytesOf(tail.slice(0, cut));
    tail = tail.slice(cut);
  }

  return {
    push(text) {
      const cut = wholeCharacter(text, Math.min(room, text.length));
      const head = text.slice(0, cut);
      room = Math.max(0, room - cut);
      keepTail(text.slice(cut), tailChars * 2);
      return head;
    },
    end() {
      keepTail('', tailChars);
      return dropped === 0 ? tail : `\n[… ${dropped.toLocaleString('en-US')} bytes left out …]\n${tail}`;
    },
  };
}

/** The first position from `at` on that does not stand in the middle of a character. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return at > 0 && code >= 0xdc_00 && code <= 0xdf_ff ? at + 1 : at;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
