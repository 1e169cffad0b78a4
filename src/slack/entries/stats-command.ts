import type { StreamId } from '../../core/brand.ts';
import { monthsChart } from '../../core/stats/months.ts';
import { Posted } from '../answers.ts';
import { sentence } from '../cards/replies.ts';
import { statsCard } from '../cards/stats-card.ts';
import { upload } from '../upload.ts';
import type { Desk, Visit } from './entry.ts';

/** `/rollback stats`: the figures at once, and their chart as a direct message, because a private answer can't have a picture. */
export async function showStats(visit: Visit, desk: Desk): Promise<void> {
  await desk.catalog.refresh();
  const stats = await desk.statistics.read();
  await visit.tell(statsCard(stats));
  const chart = monthsChart(stats.months);
  if (chart === null) return;
  const { key, caller } = visit.incoming;
  const { text, blocks } = sentence('Time to recover by month: the chart is below this message.');
  const posted = await desk.web.call('chat.postMessage', { channel: caller.user, text, blocks });
  if (posted.status !== 'ok') return;
  const { channel, ts } = Posted.parse(posted.data);
  const stream = `stats/${caller.user}` as StreamId<string>;
  const name = `time-to-recover-${new Date(desk.clock.now()).toISOString().slice(0, 10)}.png`;
  await upload(desk, { stream, key, channel, thread: ts, name, title: chart.title, content: desk.drawChart(chart) });
}
