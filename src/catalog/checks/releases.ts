import { deployablesOf } from '../../core/component/place.ts';
import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import type { Finding } from '../finding.ts';
import { targetsOf } from './subject.ts';
import type { Subject } from './subject.ts';

/** What a step releases is known on every target where it may run, so that what it brings about can be noted there. */
export function releases(subject: Subject): readonly Finding[] {
  return subject.procedure.steps.flatMap(({ releases: rule }, index) => {
    if (!rule) return [];
    const lacking = targetsOf(subject).filter(([, target]) => !deployablesOf(target).includes(rule.deployable));
    if (lacking.length === 0) return [];
    const near = didYouMean(
      rule.deployable,
      lacking.flatMap(([, target]) => deployablesOf(target)),
    );
    const where = sayList(
      lacking.map(([name]) => name),
      'and',
    );
    const says = `There is no deployable "${rule.deployable}" on ${where}.${near} Expected one under "deployables" in rollbot.yml.`;
    return [{ path: ['steps', index, 'releases', 'deployable'], says }];
  });
}
