import { tellWorkerStories } from './worker-stories.ts';

tellWorkerStories({
  procedure: 'hyperdrive',
  deploys: 'Deploy the version without Hyperdrive',
  repaired: { path: 'shelves/1', status: 200 },
});
