const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\u2028\u2029\u115F\u1160\u3164\uFFA0]/gu;

/** What exactly will run, to be read letter by letter before it is approved: whatever can't be seen is written out. */
export function visible(text: string): string {
  return text.toWellFormed().replaceAll(INVISIBLE, (char) => {
    if (char === '\n' || char === '\t') return char;
    return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
