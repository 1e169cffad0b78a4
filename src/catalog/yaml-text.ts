import { CST, Lexer, LineCounter, Parser } from 'yaml';
import { invisibleIn } from '../core/procedure/param-value.ts';
import type { Slip } from './finding.ts';

const DEEPEST_LINE = 60;

/** What has to be refused before a YAML text is read as a whole: what nobody can see, directives, and depths that no reader survives. */
export function slipInText(text: string): Slip | undefined {
  const lines = new LineCounter();
  for (const match of text.matchAll(/\r?\n/g)) lines.addNewLine(match.index + match[0].length);
  lines.addNewLine(0);
  lines.lineStarts.sort((a, b) => a - b);
  const found = invisibleSlip(text) ?? depthSlip(text) ?? directiveSlip(text);
  if (!found) return undefined;
  const { line, col } = lines.linePos(found.offset);
  return { line, column: col, says: found.says };
}

type Found = { readonly offset: number; readonly says: string };

function invisibleSlip(text: string): Found | undefined {
  const shown = text.replace(/^\uFEFF/, ' ').replaceAll(/[\t\n\r]/g, ' ');
  const name = invisibleIn(shown);
  if (!name) return undefined;
  const offset = shown.indexOf(String.fromCodePoint(Number.parseInt(name.slice(2), 16)));
  return { offset, says: `Found a character that can't be seen (${name}); expected only what everybody can read.` };
}

/** Counts brackets and the dashes of one line, before anything that calls itself for each of them begins. */
function depthSlip(text: string): Found | undefined {
  let offset = 0;
  let open = 0;
  let inLine = 0;
  for (const source of new Lexer().lex(text)) {
    const type = CST.tokenType(source);
    if (type === 'newline') inLine = 0;
    if (type === 'flow-seq-start' || type === 'flow-map-start') open += 1;
    if (type === 'flow-seq-end' || type === 'flow-map-end') open -= 1;
    if (type === 'seq-item-ind' || type === 'explicit-key-ind') inLine += 1;
    if (open + inLine > DEEPEST_LINE) return { offset: Math.min(offset, text.length), says: tooDeep(DEEPEST_LINE) };
    if (type !== 'doc-mode' && type !== 'scalar' && type !== 'flow-error-end') offset += source.length;
  }
  return undefined;
}

/** How a text that is nested too deeply is refused. */
export function tooDeep(most: number): string {
  return `This is nested more than ${most} levels deep; expected a flat file.`;
}

function directiveSlip(text: string): Found | undefined {
  if (!/^%/m.test(text)) return undefined;
  for (const token of new Parser().parse(text)) {
    if (token.type === 'directive')
      return { offset: token.offset, says: `Found the directive ${token.source}; expected none: this is YAML 1.2.` };
  }
  return undefined;
}
