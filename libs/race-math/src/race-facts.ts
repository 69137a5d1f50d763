import type { Action } from '@lts/race-actions';
import { foldSession } from './fold-session.js';
import { type SessionState, newSession } from './session-state.js';

/** Actions of one frame; `session` is the session they belong to, from 1. */
export interface FrameFacts {
  at_ms: number;
  session: number;
  actions: readonly Action[];
}

/** All sessions of a competition; plain data, as {@link RaceFacts.snapshot} gives it. */
export interface RaceSnapshot {
  version: 1;
  sessions: SessionState[];
}

/** Facts of a competition: a fold over its actions, session by session. The same actions give the same facts. */
export class RaceFacts {
  private readonly sessions = new Map<number, SessionState>();

  /** Goes on where a snapshot was taken; takes it over, so give it a copy to keep. */
  static restore(snapshot: RaceSnapshot): RaceFacts {
    const facts = new RaceFacts();
    for (const session of snapshot.sessions) facts.sessions.set(session.session, session);
    return facts;
  }

  /** Takes in a frame. Session 0 is none: nothing was driven before the first table. */
  fold({ at_ms, session, actions }: FrameFacts): void {
    if (session === 0) return;
    let state = this.sessions.get(session);
    if (state === undefined) this.sessions.set(session, (state = newSession(session)));
    foldSession(state, at_ms, actions);
  }

  /** State of a session, undefined when there is none. To be read only. */
  session(number: number): SessionState | undefined {
    return this.sessions.get(number);
  }

  /** Numbers of the sessions, rising. */
  numbers(): number[] {
    return [...this.sessions.keys()].sort((a, b) => a - b);
  }

  /** The state itself: store it as JSON before folding on. */
  snapshot(): RaceSnapshot {
    return { version: 1, sessions: this.numbers().flatMap((number) => this.sessions.get(number) ?? []) };
  }
}
