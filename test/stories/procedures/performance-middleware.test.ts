import { expect } from 'vitest';
import { status, tellWorkerStories } from './worker-stories.ts';

tellWorkerStories({
  procedure: 'performance-middleware',
  deploys: 'Deploy the restored version',
  repaired: async (world) => expect(await status(world, 'shelves/1')).toBe(200),
});
