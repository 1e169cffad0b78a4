import { expect } from 'vitest';
import { status, tellWorkerStories } from './worker-stories.ts';

tellWorkerStories({
  procedure: 'hyperdrive',
  deploys: 'Deploy the version without Hyperdrive',
  repaired: async (world) => expect(await status(world, 'shelves/1')).toBe(200),
});
