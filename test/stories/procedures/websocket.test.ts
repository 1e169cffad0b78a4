import { expect } from 'vitest';
import { status, tellWorkerStories } from './worker-stories.ts';

tellWorkerStories({
  procedure: 'websocket',
  deploys: 'Deploy the version without WebSockets',
  question: /No data is missing or wrong/,
  repaired: async (world) => expect(await status(world, 'live')).toBe(404),
});
