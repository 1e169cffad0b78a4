import { tellWorkerStories } from './worker-stories.ts';

tellWorkerStories({
  procedure: 'connection-pooling',
  deploys: 'Deploy the version with simple connections',
  repaired: { path: 'shelves/1', status: 200 },
});
