import type { Incidents } from '../../src/core/incident/port.ts';

/** For rooms in which nobody opens an incident by hand, and nothing has to hold before one is closed. */
export const NO_INCIDENTS: Incidents = {
  open: async () => await Promise.resolve({ status: 'refused', says: 'Nobody opens anything here.' }),
  criteria: async () => await Promise.resolve([]),
};
