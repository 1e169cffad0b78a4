import { by } from './row.ts';
import type { Row, Wanted } from './row.ts';

export const cdnPurge: Wanted = {
  heading: 'CDN Cache Purge',
  procedure: 'cdn-purge',
  component: 'CDN',
  estimate: null,
  steps: [
    by('content is purged, all of it only where that is chosen', 'purge-site', 'purge-everything'),
    by('the edge is looked at', 'verify.1', 'verify.2', 'verify.3'),
  ],
  checklist: criteria(8),
  criteria: true,
};

export const frontend: Wanted = {
  heading: 'Frontend Build Rollback',
  procedure: 'frontend',
  component: 'Frontend',
  estimate: null,
  steps: [
    by('a good build, by what was verified and not by a sign in a message', 'wanted', 'source'),
    by('its version is checked out', 'build'),
    by('it is built again where Pages no longer has it', 'go-back', 'build'),
    by('it is deployed to Pages', 'go-back', 'upload', 'try'),
    by('traffic goes there if need be', 'permit', 'switch'),
  ],
  checklist: criteria(6),
  criteria: true,
};

/** The six criteria, of which the first is a reading with this number. */
function criteria(first: number): readonly Row[] {
  const names = ['error rate', 'response times', 'database queries', 'hit rate', 'WebSocket connections', 'data'];
  return names.map((name, index) => by(name, `verify.${first + index}`));
}
