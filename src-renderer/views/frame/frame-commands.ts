import { useCommands } from '../../commands/handlers.ts';
import { openOverlay, useDesk } from '../../state/desk.ts';
import { goBack, goForward, navigate, useRoute } from '../../state/route.ts';
import type { Place } from '../../state/route.ts';
import { changeSettings } from '../../state/settings.ts';
import { addSample } from '../connections/sample.ts';
import { placeEntries } from '../places.ts';

function go(place: Place) {
  return placeEntries.some((entry) => entry.place === place) ? () => navigate(place) : undefined;
}

/** Whether the desk is drawn dark now, whoever chose it. */
function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
}

/** Commands that work everywhere. */
export function useFrameCommands(): void {
  useCommands({
    'go.queue': go('queue'),
    'go.cases': go('cases'),
    'go.guidelines': go('guidelines'),
    'go.history': go('history'),
    'go.connections': go('connections'),
    'go.settings': go('settings'),
    'go.back': { run: goBack, why: () => (useRoute.getState().past.length === 0 ? 'There is nothing before this.' : null) },
    'go.forward': { run: goForward, why: () => (useRoute.getState().future.length === 0 ? 'There is nothing after this.' : null) },
    'find.palette': () => openOverlay(useDesk.getState().overlay === 'palette' ? null : 'palette'),
    'find.help': () => openOverlay('help'),
    'look.outbox': () => openOverlay('outbox'),
    'look.guidelines': () => openOverlay('guidelines'),
    'app.sample': (source) => { void addSample(source); },
    'app.theme': (source) => { void changeSettings({ theme: isDark() ? 'light' : 'dark' }, source); },
  });
}
