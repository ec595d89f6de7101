import { BookOpen, History, Inbox, PlugZap, Scale, Settings as SettingsIcon } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { CommandContext, CommandId } from '../../src-main/contract/commands.ts';
import type { Place } from '../state/route.ts';
import { CasesPlace } from './cases/cases-place.tsx';
import { ConnectionsPlace } from './connections/connections-place.tsx';
import { GuidelinesPlace } from './guidelines/guidelines-place.tsx';
import { HistoryPlace } from './history/history-place.tsx';
import { QueueView } from './queue/queue-view.tsx';
import { SettingsPlace } from './settings/settings-place.tsx';

/**
 * The places of the desk. A view
 * - is `ComponentType<PlaceProps>`: it fills the frame's middle; `id` is what is open in it (`navigate(place, id)`);
 * - handles its commands with `useCommands({ 'case.new': (source) => … })`; the frame makes its context active and
 *   draws the bottom bar from the handlers it finds, so there is no bar to write;
 * - loads with `useLive(key, topics, load)` and `client`, shows failures with `failureOf` and `ErrorNote`,
 *   says what happened with `toast`, and leaves out what does not work yet.
 * To add one: import it here and name it in `view`.
 */
export type PlaceProps = { readonly id: string | null };

export type PlaceEntry = {
  readonly place: Place;
  readonly title: string;
  readonly icon: LucideIcon;
  readonly command: CommandId;
  readonly context: CommandContext | null;
  readonly view: ComponentType<PlaceProps>;
};

export const placeEntries: readonly PlaceEntry[] = [
  { place: 'queue', title: 'Queue', icon: Inbox, command: 'go.queue', context: 'queue', view: QueueView },
  { place: 'cases', title: 'Cases', icon: Scale, command: 'go.cases', context: 'cases', view: CasesPlace },
  { place: 'guidelines', title: 'Guidelines', icon: BookOpen, command: 'go.guidelines', context: 'guidelines', view: GuidelinesPlace },
  { place: 'history', title: 'History', icon: History, command: 'go.history', context: 'history', view: HistoryPlace },
  { place: 'connections', title: 'Connections', icon: PlugZap, command: 'go.connections', context: 'connections', view: ConnectionsPlace },
  { place: 'settings', title: 'Settings', icon: SettingsIcon, command: 'go.settings', context: 'settings', view: SettingsPlace },
];
