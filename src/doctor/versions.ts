import { deployablesOf } from '../core/component/place.ts';
import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { DoctorParts } from '../core/doctor/port.ts';

/** Whether there is a version to return to, of everything that is deployed. */
export async function checkVersions({ catalog, lastGood }: DoctorParts): Promise<readonly DoctorFinding[]> {
  const places = Object.entries(catalog.settings().targets).flatMap(([target, settings]) =>
    deployablesOf(settings).map((deployable) => ({ target, deployable })),
  );
  return await Promise.all(
    places.map(async (place): Promise<DoctorFinding> => {
      const good = await lastGood(place);
      const what = `${place.deployable} on ${place.target}`;
      if (!('says' in good))
        return { check: 'versions', level: 'ok', says: `${what} can return to ${good.version}, ${good.why}.`, advice: null };
      const advice = `Say which one is good: /rollback good ${place.deployable} <version> ${place.target}, or under last-good: of the target.`;
      return { check: 'versions', level: 'failure', says: `${what} has no version to return to. ${good.says}`, advice };
    }),
  );
}
