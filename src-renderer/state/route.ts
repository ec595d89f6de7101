import { create } from 'zustand';

export const PLACES = ['queue', 'cases', 'guidelines', 'history', 'connections', 'settings'] as const;
export type Place = (typeof PLACES)[number];

/** Where the desk is: a place, and what is open in it (an item's, case's, guideline's or event's id). */
export type Route = { readonly place: Place; readonly id: string | null };

type RouteState = { readonly past: readonly Route[]; readonly now: Route; readonly future: readonly Route[] };

const KEPT = 'docket-route';
const MOST_STEPS = 100;

/** A reload comes back to the same place. */
function keptRoute(): Route {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('place' in kept) || !('id' in kept)) return { place: 'queue', id: null };
    const place = PLACES.find((known) => known === kept.place) ?? 'queue';
    return { place, id: typeof kept.id === 'string' ? kept.id : null };
  } catch {
    return { place: 'queue', id: null };
  }
}

export const useRoute = create<RouteState>(() => ({ past: [], now: keptRoute(), future: [] }));

useRoute.subscribe(({ now }) => {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(now));
  } catch {
    // Without storage a reload begins at the queue.
  }
});

/** Goes to a place, or opens something in it; back leads here again. */
export function navigate(place: Place, id: string | null = null): void {
  useRoute.setState(({ past, now }) => (
    now.place === place && now.id === id ? {} : { past: [...past, now].slice(-MOST_STEPS), now: { place, id }, future: [] }
  ));
}

/** Changes what is open without a step for back. */
export function replaceRoute(place: Place, id: string | null): void {
  useRoute.setState({ now: { place, id } });
}

export function goBack(): void {
  useRoute.setState(({ past, now, future }) => {
    const before = past.at(-1);
    return before === undefined ? {} : { past: past.slice(0, -1), now: before, future: [now, ...future] };
  });
}

export function goForward(): void {
  useRoute.setState(({ past, now, future }) => {
    const [next, ...later] = future;
    return next === undefined ? {} : { past: [...past, now], now: next, future: later };
  });
}
