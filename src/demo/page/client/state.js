/** All that the page knows; one object, made once. */
export function createState(scene) {
  const remembered = sessionStorage.getItem('me');
  const me = scene.people.some(({ name }) => name === remembered) ? remembered : 'dana';
  return {
    scene,
    me,
    channel: null,
    wanted: null,
    channels: [],
    messages: new Map(),
    view: null,
    around: null,
    readings: [],
    seen: new Map(),
    threads: new Set(),
  };
}

/** Becomes somebody else: what the page knew was on another screen. */
export function become(state, name) {
  Object.assign(state, { me: name, channels: [], messages: new Map(), view: null });
  sessionStorage.setItem('me', name);
}

/** Takes in what has changed on the screen. The channel that was open stays open where there is one of that id. */
export function takeLook(state, { channels, changed, view }) {
  for (const [key, message] of Object.entries(changed)) state.messages.set(key, message);
  Object.assign(state, { channels, view });
  const wanted = channels.find(({ name }) => name === state.wanted);
  if (wanted) Object.assign(state, { channel: wanted.id, wanted: null });
  if (!channels.some(({ id }) => id === state.channel))
    state.channel = (channels.find(({ name }) => name === '#ops') ?? channels[0])?.id ?? null;
  if (document.visibilityState === 'visible') markSeen(state);
}

/** How many messages of a channel this person has not looked at; edits don't count. */
export function unread(state, { id, order }) {
  const seen = state.seen.get(`${state.me} ${id}`) ?? '';
  return order.filter((key) => {
    const { ts, author } = state.messages.get(key);
    return ts > seen && author !== state.me;
  }).length;
}

/** Notes that the open channel has been looked at. */
export function markSeen(state) {
  const channel = state.channels.find(({ id }) => id === state.channel);
  const last = channel?.order.at(-1);
  if (last) state.seen.set(`${state.me} ${channel.id}`, state.messages.get(last).ts);
}

/** Turns ids into names, as the person sees them who one is being. */
export function namesOf(state) {
  const { people, groups, bot } = state.scene;
  const handleOf = (id) => Object.entries(groups).find(([, group]) => group.id === id)?.[0];
  return {
    person: (id) => people.find((person) => person.id === id)?.name ?? (id === bot.id ? bot.name : id),
    group: (id) => handleOf(id) ?? id,
    channel: (id) => state.channels.find((channel) => channel.id === id)?.name ?? '#a-channel-you-are-not-in',
    isMe: (id) => people.some((person) => person.id === id && person.name === state.me),
    isMine: (id) => groups[handleOf(id)]?.members.includes(state.me) ?? false,
    people: () => people.map(({ name }) => name),
  };
}
