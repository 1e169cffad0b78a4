/** A function of the script, or a text that it keeps, with the comment above it. */
type Piece = { readonly name: string; readonly text: string; readonly heading: string | null };

/** Leaves out of the script's own functions those that nothing in it calls, so that whoever reads it reads only what can happen. */
export function onlyUsed(files: readonly string[], callers: string): string {
  const pieces = files.flatMap(piecesOf);
  const used = new Set<Piece>();
  const open = [callers, 'main'];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    const words = new Set(withoutComments(text).match(/[A-Za-z_]\w*/g));
    for (const piece of pieces) {
      if (used.has(piece) || !words.has(piece.name)) continue;
      used.add(piece);
      open.push(piece.text);
    }
  }
  const kept = pieces.filter((piece) => used.has(piece));
  return kept.map((piece, index) => `${piece.heading === kept[index - 1]?.heading ? '' : (piece.heading ?? '')}${piece.text}\n`).join('');
}

const BEGINNING = /^([A-Za-z_]\w*)(\(\) \{|=\$\($)/;

function piecesOf(file: string): readonly Piece[] {
  const lines = file.trimEnd().split('\n');
  const pieces: Piece[] = [];
  let heading: string | null = null;
  let gathered: string[] = [];
  let name: string | null = null;
  for (const line of lines) {
    if (line.startsWith('# ----')) {
      heading = `${line}\n\n`;
      continue;
    }
    if (name === null && line.trim() === '') continue;
    gathered.push(line);
    const begun: RegExpExecArray | null = name === null ? BEGINNING.exec(line) : null;
    name ??= begun?.[1] ?? null;
    const isWhole = begun !== null && line.endsWith('}');
    if (name === null || !(isWhole || line === '}' || line === ')')) continue;
    pieces.push({ name, text: `${gathered.join('\n')}\n`, heading });
    gathered = [];
    name = null;
  }
  if (gathered.length > 0) throw new Error(`The script's own functions end in the middle of ${name ?? gathered[0]}.`);
  return pieces;
}

function withoutComments(text: string): string {
  return text.replaceAll(/^\s*#.*$/gm, '');
}
