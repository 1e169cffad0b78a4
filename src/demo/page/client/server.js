import { byId, h } from './dom.js';

/** Does something as the page's visitor; what the workspace has to say about it is shown for a moment. */
export async function deed(body) {
  try {
    const response = await fetch('/deeds', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const answer = await response.json();
    if (answer.says) toast(answer.says);
    return answer;
  } catch {
    toast('The demo does not answer. Is it still running in the terminal?');
    return { says: '' };
  }
}

/** Follows somebody's screen; the returned function ends it. */
export function follow(name, onNews, onStanding) {
  const source = new EventSource(`/news?as=${encodeURIComponent(name)}`);
  source.addEventListener('message', ({ data }) => onNews(JSON.parse(data)));
  source.addEventListener('open', () => onStanding(true));
  source.addEventListener('error', () => onStanding(false));
  return () => source.close();
}

const SHOWN_MS = 6000;

/** Shows a sentence for a few seconds; reading it takes as long as it needs while the pointer is on it. */
export function toast(text) {
  const note = h(
    'div',
    { class: 'toast' },
    text,
    h('button', { type: 'button', 'aria-label': 'Dismiss', onclick: () => note.remove() }, '×'),
  );
  byId('toasts').append(note);
  setTimeout(function away() {
    if (note.matches(':hover, :focus-within')) setTimeout(away, 1000);
    else note.remove();
  }, SHOWN_MS);
}
