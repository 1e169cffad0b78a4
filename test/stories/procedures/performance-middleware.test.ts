import { tellWorkerStories } from './worker-stories.ts';

tellWorkerStories({
  procedure: 'performance-middleware',
  deploys: 'Deploy the restored version',
  repaired: { path: 'shelves/1', status: 200 },
});
