import type { Settings, SettingsChanges } from '../contract/setup.ts';
import type { Source } from '../contract/words.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record.ts';

/** Settings that bear on how others read the log; how a desk looks or which keys it has is nobody else's business. */
const MATTERS: readonly (keyof Settings)[] = ['actor', 'undoSeconds'];

/** Writes through the host and keeps the answer; what matters to others becomes an event, signed by who it was before. */
export async function changeSettings(
  ctx: Context, keep: (settings: Settings) => void, input: { readonly changes: SettingsChanges; readonly source: Source },
): Promise<Settings> {
  const before = ctx.settings();
  const after = await ctx.host.settings.change(input.changes);
  const names = MATTERS.filter((name) => before[name] !== after[name]);
  if (names.length > 0) {
    recordEvent(ctx, {
      id: ctx.uuid(), kind: 'setting.changed', source: input.source, subjects: [], public: { names: [...names] },
      payload: { values: Object.fromEntries(names.map((name) => [name, after[name]])) },
    });
  }
  keep(after);
  ctx.changed(names.length > 0 ? ['settings', 'history'] : ['settings']);
  return after;
}
