/** A word that no line of a text is, to end it with. */
export function endOf(text: string, word: string): string {
  const lines = text.split('\n');
  let end = word;
  while (lines.includes(end)) end += '_';
  return end;
}
