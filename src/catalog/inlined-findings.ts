import type { Inlined, Section } from '../core/procedure/parts.ts';
import type { Finding } from './finding.ts';

/**
 * Brings a finding about an inlined procedure back to the file: what is wrong with a part stands where the part is called.
 * What a part allows is a matter of its own file: it may well be needless here.
 */
export function inTheFile(finding: Finding, { origins }: Inlined): readonly Finding[] {
  const [section, place, ...rest] = finding.path;
  if (!isSection(section) || typeof place !== 'number') return [finding];
  const origin = origins[section][place];
  if (!origin) return [finding];
  if (origin.part === null) return [{ ...finding, path: [section, origin.index, ...rest] }];
  if (rest[0] === 'allow') return [];
  return [{ path: ['steps', origin.index, 'procedure'], says: `As a part, ${origin.part} has a mistake: ${finding.says}` }];
}

function isSection(name: string | number | undefined): name is Section {
  return name === 'preflight' || name === 'steps' || name === 'verify';
}
