import { parseText, writeReference } from '../../core/reference.ts';
import type { Piece, Reference } from '../../core/reference.ts';
import type { Finding, Path } from '../finding.ts';
import { isQuery, isScript, placeOf } from './reference-places.ts';
import type { Place } from './reference-places.ts';
import { unknownReference } from './reference-targets.ts';
import type { Subject } from './subject.ts';

const OURS = /\$\{\s*(?:params|target|steps|secrets|run)\.[^}]*\}?/;

/** Every reference stands where it can be filled in without becoming code, and means something that is there by then. */
export function references(subject: Subject): readonly Finding[] {
  return [...textsIn(subject.procedure, [])].flatMap(({ path, text }) => textMistakes(path, text, subject));
}

type Text = { readonly path: Path; readonly text: string };

/** Every text anywhere in a value, with where it stands. */
export function* textsIn(value: unknown, path: Path): Generator<Text> {
  if (typeof value === 'string') yield { path, text: value };
  else if (Array.isArray(value)) for (const [index, each] of value.entries()) yield* textsIn(each, [...path, index]);
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) yield* textsIn(each, [...path, key]);
}

function textMistakes(path: Path, text: string, subject: Subject): readonly Finding[] {
  const place = placeOf(path);
  if (!place) {
    const found = OURS.exec(text)?.[0];
    if (!found) return [];
    const instead = insteadOf(path);
    return [{ path, says: `Found ${found}, and references are not filled in here; expected ${instead}.` }];
  }
  const pieces = parseText(text);
  if ('mistake' in pieces) return [{ path, says: pieces.mistake }];
  return pieces.flatMap((piece, index) => {
    if (typeof piece === 'string') return [];
    const says = misplaced(piece, pieces.slice(0, index), pieces.length, place) ?? unknownReference(piece, path, subject);
    return says ? [{ path, says }] : [];
  });
}

function insteadOf(path: Path): string {
  if (isScript(path)) return 'an environment variable of the script ("shell: { script: …, env: { NAME: … } }")';
  return isQuery(path) ? '$1, $2 and so on for what varies ("sql: { query: …, values: [ … ] }")' : 'plain text';
}

function misplaced(reference: Reference, before: readonly Piece[], length: number, place: Place): string | undefined {
  const written = writeReference(reference);
  if (reference.scope === 'secrets') {
    return place.secrets
      ? undefined
      : `Found ${written}; expected a secret only in a header, JSON, stdin, a value or url of a database, or the environment of a script.`;
  }
  if (reference.scope === 'target' || reference.scope === 'run') return undefined;
  switch (place.values) {
    case 'part':
      return undefined;
    case 'none':
      return `Found ${written}; expected no parameter and no output of a step here.${place.hint ? ` ${place.hint}` : ''}`;
    case 'whole':
      return length === 1 ? undefined : `Found ${written} in the middle of a text; expected it to be the whole value.`;
    case 'start':
      return before.length === 0 && (length === 1 || reference.scope === 'steps')
        ? undefined
        : `Found ${written}; expected it at the beginning of the path.`;
    case 'after-host':
      return hasHost(before) ? undefined : `Found ${written} before the path of the URL; expected the server to be fixed.`;
    default:
      return place.values satisfies never;
  }
}

/** Whether what stands before a reference settles which server a URL means. */
function hasHost(before: readonly Piece[]): boolean {
  const text = before.map((piece) => (typeof piece === 'string' ? piece : `<${piece.scope}>`)).join('');
  return /^(?:https?:\/\/[^/?#]+|<target>)[/?#]/.test(text);
}
