import { create } from 'zustand';
import type { Capabilities, Settings, SettingsChanges } from '../../src-main/contract/setup.ts';
import type { Source } from '../../src-main/contract/words.ts';
import { buildKeymap } from '../commands/keymap.ts';
import type { Keymap } from '../commands/keymap.ts';
import { client } from '../host/client.ts';
import { failureOf } from '../host/failure.ts';
import { onChange } from '../host/live.ts';
import { toast } from './toasts.ts';

type SettingsState = {
  /** Null until the backend has answered. */
  readonly settings: Settings | null;
  readonly capabilities: Capabilities | null;
  readonly keymap: Keymap;
};

export const useSettings = create<SettingsState>(() => ({ settings: null, capabilities: null, keymap: buildKeymap('docket') }));

function show(settings: Settings): void {
  const before = useSettings.getState().settings;
  const sameKeys = before !== null && before.keyPreset === settings.keyPreset && JSON.stringify(before.keys) === JSON.stringify(settings.keys);
  useSettings.setState({ settings, ...(sameKeys ? {} : { keymap: buildKeymap(settings.keyPreset, settings.keys) }) });
  if (settings.theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = settings.theme;
}

async function load(): Promise<void> {
  try {
    show(await client.settings.get());
  } catch (error) {
    toast({ tone: 'failed', text: failureOf(error).message });
  }
}

/** Loads settings and what the host can do, and follows changes. */
export function startSettings(): void {
  void load();
  void loadCapabilities();
  onChange(({ topics }) => { if (topics.includes('settings')) void load(); });
}

async function loadCapabilities(): Promise<void> {
  try {
    const capabilities = await client.host.capabilities();
    useSettings.setState({ capabilities });
    for (const notice of capabilities.notices) toast({ text: notice, until: null, action: undefined, tone: 'failed' });
  } catch (error) {
    toast({ tone: 'failed', text: failureOf(error).message });
  }
}

/** Changes settings; the screen follows at once and goes back where the backend refuses. */
export async function changeSettings(changes: SettingsChanges, source: Source): Promise<void> {
  const before = useSettings.getState().settings;
  // An absent optional property is no change; only given ones are merged.
  if (before !== null) show({ ...before, ...dropUndefined(changes) });
  try {
    show(await client.settings.change({ changes, source }));
  } catch (error) {
    if (before !== null) show(before);
    toast({ tone: 'failed', text: failureOf(error).message });
  }
}

function dropUndefined(changes: SettingsChanges): Partial<Settings> {
  const { actor, community, theme, keyPreset, keys, undoSeconds, veilMedia } = changes;
  return {
    ...(actor === undefined ? {} : { actor }), ...(community === undefined ? {} : { community }), ...(theme === undefined ? {} : { theme }),
    ...(keyPreset === undefined ? {} : { keyPreset }), ...(keys === undefined ? {} : { keys }),
    ...(undoSeconds === undefined ? {} : { undoSeconds }), ...(veilMedia === undefined ? {} : { veilMedia }),
  };
}
