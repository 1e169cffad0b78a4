import type { Finding } from '../finding.ts';
import { announcements } from './announcements.ts';
import { hazards } from '../lint/hazards.ts';
import { approvals } from './approvals.ts';
import { effects } from './effects.ts';
import { graph } from './graph.ts';
import { metricNames } from './metric-names.ts';
import { params } from './params.ts';
import { programs } from './programs.ts';
import { databaseUrls } from './database-urls.ts';
import { references } from './references.ts';
import { releases } from './releases.ts';
import { roles } from './roles.ts';
import { sql } from './sql.ts';
import type { Check, Subject } from './subject.ts';
import { times } from './times.ts';
import { undos } from './undos.ts';

/** The rules for a procedure, one a file. A new one is a function here; one about what has hurt people before belongs into `../lint/`. */
const CHECKS: readonly Check[] = [
  params,
  roles,
  releases,
  effects,
  programs,
  approvals,
  undos,
  times,
  sql,
  announcements,
  references,
  databaseUrls,
  metricNames,
  hazards,
];

/** All mistakes of a procedure that its schema can't see. The rest is only asked when the order of its items makes sense. */
export function allChecks(subject: Subject): readonly Finding[] {
  const order = graph(subject);
  return order.length > 0 ? order : CHECKS.flatMap((check) => check(subject));
}
