import { LineCounter, isAlias, isPair, isScalar, parseAllDocuments, visit } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import type { Finding, Slip } from './finding.ts';
import { isNodeWithRange, offsetOf } from './yaml-place.ts';
import type { RangedNode } from './yaml-place.ts';
import { slipInText, tooDeep } from './yaml-text.ts';

const DEEPEST = 32;
const MOST_ALIASES = 50;
const PLAIN_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** The content of a YAML file, and where in the file each part of it stands. */
export type YamlDocument = { readonly data: unknown; place(finding: Finding): Slip };

/** Reads one YAML 1.2 document strictly: whatever a reader could take for something else is a mistake. */
export function readYaml(text: string): { readonly document: YamlDocument } | { readonly slips: readonly Slip[] } {
  const early = slipInText(text);
  if (early) return { slips: [early] };
  const lines = new LineCounter();
  const at = (offset: number, says: string): Slip => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, says };
  };
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, keepSourceTokens: false });
  const [document, second] = Array.isArray(documents) ? documents : [];
  if (!document?.contents) return { slips: [at(0, 'This file is empty; expected a map of keys and values.')] };
  if (second) return { slips: [at(second.range[0], 'Here a second document begins; expected one in a file.')] };
  const problems = [...syntaxProblems(document, text), ...nodeProblems(document, text)];
  if (problems.length > 0) return { slips: problems.map(({ offset, says }) => at(offset, says)) };
  try {
    const data: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { document: { data, place: (finding) => at(offsetOf(document, text, finding), finding.says) } };
  } catch {
    return { slips: [at(firstAlias(document), 'The aliases of this file blow it up; expected a file of the size that it shows.')] };
  }
}

type Problem = { readonly offset: number; readonly says: string };

/** All duplicate keys and tags, and the first of the rest: what follows it is mostly its echo. */
function syntaxProblems(document: Document.Parsed, text: string): readonly Problem[] {
  const all = [...document.errors, ...document.warnings];
  const own = all.filter((error) => error.code === 'DUPLICATE_KEY' || error.code === 'TAG_RESOLVE_FAILED');
  const other = all.filter((error) => !own.includes(error)).slice(0, 1);
  return [...own, ...other].map((error) => ({ offset: error.pos[0], says: sayError(error, text) }));
}

function sayError({ code, pos, message }: YAMLError, text: string): string {
  const found = text.slice(pos[0], pos[1]);
  const [line = ''] = text.slice(pos[0]).split(/[:\r\n]/, 1);
  switch (code) {
    case 'DUPLICATE_KEY':
      return `The key "${line}" stands here a second time; expected each key once.`;
    case 'TAG_RESOLVE_FAILED':
      return `Found the tag ${found}; expected none: write the value as it is.`;
    case 'TAB_AS_INDENT':
      return 'Found a tab; expected spaces at the beginning of a line.';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'Found a second ": " in this line; expected one key and its value. Put a text with a colon in quotes.';
    case 'BAD_SCALAR_START':
      return `Found ${found} at the beginning of a text; expected quotes around it.`;
    default:
      if (text[pos[0] - 1] === '$') return 'Found ${ inside of { } or [ ]; expected quotes around the text.';
      return `${message}.`;
  }
}

/** Mistakes that yaml itself lets pass: merge keys, aliases without anchor, numbers that are not what they look like, depth. */
function nodeProblems(document: Document.Parsed, text: string): readonly Problem[] {
  const problems: Problem[] = [];
  visit(document, (key, node, parents) => {
    if (isPair(node) || !isNodeWithRange(node)) return undefined;
    const offset = node.range[0];
    if (parents.length > DEEPEST * 2) {
      problems.push({ offset, says: tooDeep(DEEPEST) });
      return visit.BREAK;
    }
    const says = nodeMistake(node, key, document, text);
    if (says) problems.push({ offset, says });
    return undefined;
  });
  return problems;
}

function nodeMistake(node: RangedNode, key: unknown, document: Document.Parsed, text: string): string | undefined {
  if (isAlias(node) && !node.resolve(document)) return `Found the alias *${node.source}; expected an anchor &${node.source} above it.`;
  if (!isScalar(node)) return undefined;
  if (key === 'key' && node.value === '<<') return 'Found a merge key <<; expected the keys themselves.';
  if (typeof node.value !== 'number' || key === 'key') return undefined;
  const source = text.slice(node.range[0], node.range[1]);
  const exact = PLAIN_NUMBER.test(source) && (!Number.isInteger(node.value) || Number.isSafeInteger(node.value));
  return exact ? undefined : `Found ${source}, which is read as ${node.value}; expected a plain number, or quotes around a text.`;
}

function firstAlias(document: Document.Parsed): number {
  let offset = 0;
  visit(document, {
    Alias(_key, node) {
      offset = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}
