import type { Alerts } from './core/alert/port.ts';
import type { Releases } from './core/component/port.ts';
import type { OnCall } from './core/contact/port.ts';
import type { Drills } from './core/drill/port.ts';
import type { Incidents } from './core/incident/port.ts';
import type { Pages } from './core/page/port.ts';
import type { Triggers } from './core/trigger/port.ts';
import type { Operations } from './core/ports.ts';

/** Each of these lets two rooms that need each other be built one after the other. */
export function later(get: () => Operations): Operations {
  return {
    start: async (order) => await get().start(order),
    examine: (order) => get().examine(order),
    dryRun: async (order) => await get().dryRun(order),
    act: async (act, where) => await get().act(act, where),
    note: async (stream, act) => await get().note(stream, act),
    onChange: (listener) => get().onChange(listener),
  };
}

export function laterReleases(get: () => Releases): Releases {
  return {
    list: async (asked) => await get().list(asked),
    say: async (asked, word, acting) => await get().say(asked, word, acting),
    mayDeploy: async (asked, version) => await get().mayDeploy(asked, version),
    noteDeployed: async (asked, version) => await get().noteDeployed(asked, version),
    lastGood: (asked) => get().lastGood(asked),
  };
}

export function laterIncidents(get: () => Incidents): Incidents {
  return {
    open: async (order) => await get().open(order),
    criteria: async (stream, answers, who) => await get().criteria(stream, answers, who),
  };
}

export function laterAlerts(get: () => Alerts): Alerts {
  return {
    find: async (token) => await get().find(token),
    silence: async (token, acting) => await get().silence(token, acting),
    openIncident: async (token, acting) => await get().openIncident(token, acting),
    joinIncident: async (token, incident, acting) => await get().joinIncident(token, incident, acting),
    onChange: (listener) => get().onChange(listener),
  };
}

export function laterOnCall(get: () => OnCall): OnCall {
  return {
    duty: async (role, at) => await get().duty(role, at),
    contact: (name, at) => get().contact(name, at),
    plan: async (role, at) => await get().plan(role, at),
    override: async (asked) => await get().override(asked),
    cancel: async (asked) => await get().cancel(asked),
  };
}

export function laterTriggers(get: () => Triggers): Triggers {
  return {
    list: async () => await get().list(),
    find: async (token) => await get().find(token),
    startNow: async (token, acting) => await get().startNow(token, acting),
    veto: async (token, acting) => await get().veto(token, acting),
    callOff: async (token, acting) => await get().callOff(token, acting),
    noteShown: async (token) => await get().noteShown(token),
    onChange: (listener) => get().onChange(listener),
  };
}

export function laterPages(get: () => Pages): Pages {
  return {
    page: async (asked) => await get().page(asked),
    acknowledge: async (which, acting, how) => await get().acknowledge(which, acting, how),
    acknowledgeByLink: async (page, contact) => await get().acknowledgeByLink(page, contact),
    escalate: async (which, acting) => await get().escalate(which, acting),
    end: async (which, acting) => await get().end(which, acting),
    list: async () => await get().list(),
    onChange: (listener) => get().onChange(listener),
  };
}

export function laterDrills(get: () => Drills): Drills {
  return {
    list: async () => await get().list(),
    start: async (which, acting) => await get().start(which, acting),
    skip: async (which, reason, acting) => await get().skip(which, reason, acting),
    signUp: async (which, acting) => await get().signUp(which, acting),
    onChange: (listener) => get().onChange(listener),
  };
}
