/** One piece of a text in a procedure: plain text, or a reference such as `${params.ref}`. */
export type Piece = string | Reference;
export type Reference = { readonly scope: ReferenceScope; readonly path: readonly string[] };
export type ReferenceScope = (typeof REFERENCE_SCOPES)[number];
export const REFERENCE_SCOPES = ['params', 'target', 'steps', 'secrets', 'run'] as const;

const REFERENCE = /\$\{([^}]*)\}/g;
const NAME = /^[A-Za-z0-9_-]+$/;

/** Splits a text at its references; a malformed one is returned as `{ mistake }` with a sentence for its author. */
export function parseText(text: string): readonly Piece[] | { readonly mistake: string } {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    if (match.index > end) pieces.push(text.slice(end, match.index));
    const reference = parseReference(match[1] ?? '');
    if ('mistake' in reference) return reference;
    pieces.push(reference);
    end = match.index + match[0].length;
  }
  if (text.slice(end).includes('${')) return { mistake: `"${text}" opens a reference with \${ and never closes it.` };
  if (end < text.length || pieces.length === 0) pieces.push(text.slice(end));
  return pieces;
}

/** Writes a reference back as it stands in the YAML. */
export function writeReference(reference: Reference): string {
  return `\${${[reference.scope, ...reference.path].join('.')}}`;
}

/** All references anywhere inside a value of a procedure, in order of appearance. */
export function referencesIn(value: unknown): readonly Reference[] {
  if (typeof value === 'string') {
    const pieces = parseText(value);
    return 'mistake' in pieces ? [] : pieces.filter((piece) => typeof piece !== 'string');
  }
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(referencesIn);
  return [];
}

function parseReference(inner: string): Reference | { readonly mistake: string } {
  const [scope, ...path] = inner.trim().split('.');
  const known = REFERENCE_SCOPES.find((each) => each === scope);
  const length = known === 'steps' ? 2 : 1;
  if (!known || path.length !== length || !path.every((name) => NAME.test(name)) || (known === 'run' && path[0] !== 'id')) {
    return {
      mistake: `"\${${inner}}" is no reference: write \${params.name}, \${target.name}, \${steps.id.output}, \${secrets.name} or \${run.id}.`,
    };
  }
  return { scope: known, path };
}
