import { expect } from 'vitest';
import { status, tellWorkerStories } from './worker-stories.ts';

tellWorkerStories({
  procedure: 'connection-pooling',
  deploys: 'Deploy the version with simple connections',
  repaired: async (world) => expect(await status(world, 'shelves/1')).toBe(200),
});
