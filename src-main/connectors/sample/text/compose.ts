import type { Dice } from '../world/dice.ts';

type Part = string | { readonly slot: string } | { readonly either: readonly (readonly Part[])[] };

/** Words by slot name; `n`, `nn` and `price` are numbers and need no list. */
export type Words = Readonly<Record<string, readonly string[]>>;

const compiled = new Map<string, readonly Part[]>();

/** Fills a template: `[a|b]` chooses, `{slot}` takes a word, both by the dice. */
export function fill(template: string, words: Words, dice: Dice): string {
  let parts = compiled.get(template);
  if (parts === undefined) {
    parts = parse(template);
    compiled.set(template, parts);
  }
  return write(parts, words, dice);
}

function write(parts: readonly Part[], words: Words, dice: Dice): string {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    else if ('slot' in part) text += wordFor(part.slot, words, dice);
    else text += write(dice.pick(part.either), words, dice);
  }
  return text;
}

function wordFor(slot: string, words: Words, dice: Dice): string {
  if (slot === 'n') return String(2 + dice.below(8));
  if (slot === 'nn') return String(11 + dice.below(80));
  if (slot === 'price') return String((3 + dice.below(90)) * 10);
  const list = words[slot];
  if (list === undefined) throw new Error(`sample text names an unknown slot: ${slot}`);
  return dice.pick(list);
}

function parse(template: string): readonly Part[] {
  let at = 0;
  function sequence(inside: boolean): Part[] {
    const parts: Part[] = [];
    let plain = '';
    const flush = (): void => {
      if (plain !== '') parts.push(plain);
      plain = '';
    };
    while (at < template.length) {
      const character = template.charAt(at);
      if (inside && (character === '|' || character === ']')) break;
      at += 1;
      if (character === '{') {
        flush();
        const end = template.indexOf('}', at);
        if (end < 0) throw new Error(`sample text has an open slot: ${template}`);
        parts.push({ slot: template.slice(at, end) });
        at = end + 1;
      } else if (character === '[') {
        flush();
        const either: Part[][] = [];
        do {
          either.push(sequence(true));
          at += 1;
        } while (template.charAt(at - 1) === '|');
        parts.push({ either });
      } else {
        plain += character;
      }
    }
    flush();
    return parts;
  }
  return sequence(false);
}
