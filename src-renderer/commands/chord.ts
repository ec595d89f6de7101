/** What of a keyboard event the keymap looks at; real events fit. */
export type KeyStroke = {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly getModifierState?: (name: string) => boolean;
};

const MODIFIER_KEYS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Fn', 'Dead', 'Process', 'Unidentified']);

/** Whether the stroke is a modifier alone, or no key at all; it never ends a chord. */
export function isModifierOnly(stroke: Pick<KeyStroke, 'key'>): boolean {
  return MODIFIER_KEYS.has(stroke.key);
}

/** The letter on the key cap of a Latin layout, for layouts whose letters are not Latin. */
function latinLetter(code: string): string | null {
  return /^Key([A-Z])$/.exec(code)?.[1] ?? null;
}

function keyName(stroke: KeyStroke): string {
  if (stroke.key === ' ' || stroke.key === 'Spacebar') return 'Space';
  if (/^[a-z]$/i.test(stroke.key)) return stroke.key.toUpperCase();
  // Cyrillic, Greek, Hebrew and so on: the key's place decides, so that J stays under the same finger.
  // Alt on a Mac writes symbols; there the key's place decides as well.
  const foreign = stroke.key.length > 0 && [...stroke.key].length === 1 && /\p{L}/u.test(stroke.key) && !/\p{Script=Latin}/u.test(stroke.key);
  if (foreign || (stroke.altKey && stroke.key.length === 1)) return latinLetter(stroke.code) ?? stroke.key;
  return stroke.key;
}

/**
 * The chords a stroke may stand for, the most exact first. A symbol such as `?` needs Shift on some layouts and
 * not on others, so it also matches without; letters and named keys always spell Shift out.
 */
export function strokeChords(stroke: KeyStroke, mac: boolean): readonly string[] {
  const altGraph = stroke.getModifierState?.('AltGraph') ?? false;
  const mod = !altGraph && (mac ? stroke.metaKey : stroke.ctrlKey);
  const other = !altGraph && (mac ? stroke.ctrlKey : stroke.metaKey);
  if (other) return [];
  const alt = !altGraph && stroke.altKey;
  const name = keyName(stroke);
  const spell = (shift: boolean): string => [mod && 'Mod', alt && 'Alt', shift && 'Shift', name].filter((part) => part !== false).join('+');
  const symbol = [...name].length === 1 && !/\p{L}/u.test(name);
  if (!stroke.shiftKey) return [spell(false)];
  return symbol ? [spell(true), spell(false)] : [spell(true)];
}

/** One spelling for a chord sequence, so that two spellings of one key are seen to clash. */
export function normaliseChord(sequence: string): string {
  return sequence.trim().split(/\s+/).map((chord) => {
    const parts = chord === '+' ? ['+'] : chord.split(/\+(?=.)/);
    const name = parts.at(-1) ?? '';
    const modifiers = new Set(parts.slice(0, -1));
    const ordered = ['Mod', 'Alt', 'Shift'].filter((modifier) => modifiers.has(modifier));
    return [...ordered, /^[a-z]$/i.test(name) ? name.toUpperCase() : name].join('+');
  }).join(' ');
}

const CAPS: Readonly<Record<string, string>> = {
  Enter: '↵', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', Delete: 'Del', PageUp: 'PgUp', PageDown: 'PgDn', Backspace: '⌫',
};

/** The key caps to draw for a chord or a sequence of chords. */
export function chordParts(sequence: string, mac: boolean): readonly string[] {
  return normaliseChord(sequence).split(' ').flatMap((chord) => {
    const parts = chord === '+' ? ['+'] : chord.split(/\+(?=.)/);
    return parts.map((part) => {
      if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
      if (part === 'Alt') return mac ? '⌥' : 'Alt';
      if (part === 'Shift') return '⇧';
      return CAPS[part] ?? part;
    });
  });
}
