import type { CommandContext } from '../../src-main/contract/commands.ts';
import { isModifierOnly, strokeChords } from './chord.ts';
import type { KeyStroke } from './chord.ts';
import type { Keymap, KnownCommand } from './keymap.ts';

/** A keyboard event as the gate sees it. */
export type GateStroke = KeyStroke & {
  readonly repeat: boolean;
  readonly isComposing: boolean;
  /** ms on the event's own clock. */
  readonly timeStamp: number;
};

export type GateInput = {
  readonly keymap: Keymap;
  /** Active contexts, innermost first. */
  readonly contexts: readonly CommandContext[];
  /** Whether the key goes to a text box or the like. */
  readonly editable: boolean;
  /** Whether a dialog or popover is open. */
  readonly layered: boolean;
  readonly mac: boolean;
  /** Which commands are handled now; an unhandled one lets an outer context have the key. */
  readonly handled: (command: KnownCommand) => boolean;
};

/** A begun sequence such as `G`, and when. */
export type Pending = { readonly prefix: string; readonly at: number } | null;

export type GateAnswer = {
  /** The command to run, if any. */
  readonly command: KnownCommand | null;
  readonly pending: Pending;
  /** Whether the browser must not see the key. */
  readonly consumed: boolean;
};

/** How long a begun sequence waits for its next key. */
export const SEQUENCE_MS = 1500;

const NOTHING: GateAnswer = { command: null, pending: null, consumed: false };

/** Commands that also work while a dialog is open; the dialog's own Escape closes it. */
const OVER_LAYERS: ReadonlySet<string> = new Set(['find.palette', 'app.theme']);

/** Whether a chord may act while someone types: it has a modifier that types nothing, or is a key that does not write. */
function actsWhileTyping(chord: string): boolean {
  return /^(?:Mod|Alt)\+/.test(chord) || /^(?:Shift\+)?(?:Escape|Enter)$/.test(chord);
}

/**
 * The one keydown gate, pure: says which command a stroke runs. Silent while composing (IME), silent in text boxes
 * unless a modifier, Enter or Escape belongs to an `editing` command, and silent on repeat for `danger`.
 */
export function gate(stroke: GateStroke, pending: Pending, input: GateInput): GateAnswer {
  if (stroke.isComposing || stroke.key === 'Process') return NOTHING;
  if (isModifierOnly(stroke)) return { command: null, pending, consumed: false };
  const begun = pending !== null && stroke.timeStamp - pending.at <= SEQUENCE_MS ? pending.prefix : null;
  if (begun !== null && stroke.key === 'Escape') return { command: null, pending: null, consumed: true };

  const chords = strokeChords(stroke, input.mac);
  if (begun !== null && !input.editable) {
    const continued = match(chords.map((chord) => `${begun} ${chord}`), stroke, input);
    if (continued !== null) return continued;
  }
  return match(chords, stroke, input) ?? NOTHING;
}

function match(sequences: readonly string[], stroke: GateStroke, input: GateInput): GateAnswer | null {
  for (const context of input.contexts) {
    const map = input.keymap.byContext[context];
    if (map === undefined) continue;
    for (const sequence of sequences) {
      const command = map.get(sequence);
      if (command === undefined || !input.handled(command)) continue;
      if (input.layered && !OVER_LAYERS.has(command.id)) continue;
      if (input.editable && !(command.editing === true && actsWhileTyping(sequence))) continue;
      // Swallowed all the same, so that a held key neither decides twice nor types into what opened.
      if (stroke.repeat && command.danger === true) return { command: null, pending: null, consumed: true };
      return { command, pending: null, consumed: true };
    }
  }
  if (input.editable || input.layered) return null;
  for (const sequence of sequences) {
    const begins = input.contexts.some((context) => [...(input.keymap.byContext[context]?.keys() ?? [])].some((key) => key.startsWith(`${sequence} `)));
    if (begins) return { command: null, pending: { prefix: sequence, at: stroke.timeStamp }, consumed: true };
  }
  return null;
}
