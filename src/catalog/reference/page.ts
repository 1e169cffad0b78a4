import type { Node } from './node.ts';
import { forms, itemOf, plain, valueOf } from './node.ts';
import { sayType } from './type-text.ts';

const WHOLE = 'The file';

/** A page that says of every key of a file what may stand there, written from the schema that judges the file. */
export function referencePage({ title, preface, schema }: { title: string; preface: string; schema: Node }): string {
  const named = Object.entries(schema.definitions ?? {}).filter(([name]) => !name.startsWith('__'));
  const sections = [...sectionsOf(WHOLE, schema), ...named.flatMap(([name, node]) => sectionsOf(name, node))];
  return `# ${title}\n\n<!-- Written by "npm run schema" from the schema. Change it there. -->\n\n${preface}\n${sections.join('')}`;
}

/** The section of an object, and of all objects in it that have no name of their own. */
function sectionsOf(place: string, node: Node): readonly string[] {
  const ways = forms(node);
  if (ways.length === 1 && node.properties) return sectionOf(place, node);
  const below = ways.flatMap((form) => sectionOf(place + form.suffix, form.node, form.suffix === ''));
  return [`${heading(place, node)}\nMay be ${sayType(node, place)}.\n`, ...below];
}

/** An object's own section, which stands under a heading already where it is the only one of several ways, and those below it. */
function sectionOf(place: string, node: Node, underHeading = false): readonly string[] {
  if (!node.properties) return nested(place, node);
  const below = Object.entries(node.properties).flatMap(([key, value]) => nested(keyIn(place, key), value));
  return [`${underHeading ? '' : heading(place, node)}${table(place, node)}`, ...below];
}

/** The sections of what stands inside; what is defined once has its section there, and is only linked to. */
function nested(place: string, wrapped: Node): readonly string[] {
  const node = plain(wrapped);
  if (node.$ref !== undefined) return [];
  return forms(node).flatMap((form) => {
    if (form.node.properties) return sectionOf(place + form.suffix, form.node);
    const [value, item] = [valueOf(form.node), itemOf(form.node)];
    if (value) return nested(`${place}.<name>`, value);
    return item ? nested(`${place}[]`, item) : [];
  });
}

function heading(place: string, { description }: Node): string {
  return `\n## ${place.replaceAll('<', '\\<')}\n${description === undefined ? '' : `\n${description}\n`}`;
}

function table(place: string, { properties = {}, required = [] }: Node): string {
  const rows = Object.entries(properties).map(([key, wrapped]) => {
    const node = plain(wrapped);
    const preset = node.default === undefined ? '' : ` Default: \`${JSON.stringify(node.default)}\`.`;
    const needed = required.includes(key) && node.default === undefined ? ' **Needed.**' : '';
    return `| \`${key}\` | ${cell(sayType(node, keyIn(place, key)))} | ${cell(`${node.description ?? ''}${preset}${needed}`.trim())} |\n`;
  });
  return `\n| key | what stands there | |\n|---|---|---|\n${rows.join('')}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<name>', '\\<name>');
}

function keyIn(place: string, key: string): string {
  return place === WHOLE ? key : `${place}.${key}`;
}
