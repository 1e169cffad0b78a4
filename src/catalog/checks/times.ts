import { parseDuration } from '../../core/duration.ts';
import type { Finding, Path } from '../finding.ts';
import type { Subject } from './subject.ts';

type Polling = { readonly within?: string | undefined; readonly every?: string | undefined; readonly times?: number | undefined };
type Timed = Polling & { readonly timeout?: string | undefined };

/** Times that go together: an estimate from less to more, and a poll that has room for its questions. */
export function times({ procedure }: Subject): readonly Finding[] {
  const { preflight = [], steps, verify, estimate } = procedure;
  return [
    ...estimateMistakes(estimate),
    ...preflight.flatMap((check, index) => pollMistakes(check, ['preflight', index])),
    ...steps.flatMap((step, index) => pollMistakes({ ...step.wait, timeout: step.timeout }, ['steps', index], step.wait ? ['wait'] : [])),
    ...verify.flatMap((check, index) => pollMistakes(check, ['verify', index])),
  ];
}

function estimateMistakes(estimate: string | undefined): readonly Finding[] {
  const [from = 0, to = from] = (estimate ?? '').split('-').map((part) => parseDuration(part) ?? 0);
  if (from <= to) return [];
  return [{ path: ['estimate'], says: `${estimate} goes from more to less; expected the shorter time first.` }];
}

function pollMistakes({ within, every, times: inARow, timeout }: Timed, path: Path, inside: Path = []): readonly Finding[] {
  const at = [...path, ...inside];
  if (within === undefined) {
    const lone = every === undefined ? 'times' : 'every';
    return every === undefined && inARow === undefined
      ? []
      : [{ path: [...at, lone], on: 'key', says: `"${lone}" belongs to a check that is asked again; expected "within" beside it.` }];
  }
  const window = parseDuration(within) ?? 0;
  const needed = (parseDuration(every ?? '2s') ?? 0) * ((inARow ?? 1) - 1);
  if (needed > window || (parseDuration(every ?? '') ?? 0) > window) {
    return [
      {
        path: [...at, 'within'],
        says: `${within} has no room for ${inARow ?? 1} answers, one every ${every ?? '2s'}; expected more time.`,
      },
    ];
  }
  if (timeout !== undefined && (parseDuration(timeout) ?? 0) < window) {
    return [
      {
        path: [...path, 'timeout'],
        says: `${timeout} is less than the ${within} that this may take; expected at least that, or no timeout.`,
      },
    ];
  }
  return [];
}
