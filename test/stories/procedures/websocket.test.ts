import { tellWorkerStories } from './worker-stories.ts';

tellWorkerStories({
  procedure: 'websocket',
  deploys: 'Deploy the version without WebSockets',
  question: /No data is missing or wrong/,
  repaired: { path: 'live', status: 404 },
});
