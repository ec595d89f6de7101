import { describe, expect, test } from 'vitest';
import { gate, SEQUENCE_MS } from '../../../src-renderer/commands/gate.ts';
import type { GateInput, GateStroke, Pending } from '../../../src-renderer/commands/gate.ts';
import { buildKeymap } from '../../../src-renderer/commands/keymap.ts';

const keymap = buildKeymap('docket');
const queue: GateInput = { keymap, contexts: ['queue', 'global'], editable: false, layered: false, mac: false, handled: () => true };
const deciding: GateInput = { ...queue, contexts: ['deciding', 'queue', 'global'] };

function stroke(key: string, more: Partial<GateStroke> = {}): GateStroke {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false, isComposing: false, timeStamp: 0, ...more };
}

function ran(press: GateStroke, input: GateInput, pending: Pending = null): string | null {
  return gate(press, pending, input).command?.id ?? null;
}

describe('the keydown gate', () => {
  test('runs the innermost context\'s command', () => {
    expect([ran(stroke('Enter'), queue), ran(stroke('Enter'), deciding), ran(stroke('Escape'), deciding)]).toEqual(['look.thread', 'decide.commit', 'decide.cancel']);
  });

  test('lets an outer context have a key whose inner command nobody handles', () => {
    expect(ran(stroke('Escape'), { ...deciding, handled: ({ id }) => id !== 'decide.cancel' })).toBe('app.cancel');
  });

  test('is silent while an input method composes', () => {
    expect([gate(stroke('r', { isComposing: true }), null, queue), gate(stroke('Process'), null, queue)].map(({ consumed }) => consumed)).toEqual([false, false]);
  });

  test('is silent in text boxes, unless a modifier, Enter or Escape belongs to a command that works there', () => {
    const typing = { ...deciding, editable: true };
    expect([
      ran(stroke('r'), typing), ran(stroke('g'), typing), ran(stroke('z', { ctrlKey: true }), typing),
      ran(stroke('k', { ctrlKey: true }), typing), ran(stroke('Enter'), typing), ran(stroke('Escape'), typing),
    ]).toEqual([null, null, null, 'find.palette', 'decide.commit', 'decide.cancel']);
  });

  test('a letter bound to commit never acts while someone types', () => {
    const left: GateInput = { ...deciding, keymap: buildKeymap('left'), editable: true };
    expect([ran(stroke('f'), left), ran(stroke('f'), { ...left, editable: false })]).toEqual([null, 'decide.commit']);
  });

  test('a held key moves again and again, but never decides again', () => {
    const held = gate(stroke('r', { repeat: true }), null, queue);
    expect([ran(stroke('j', { repeat: true }), queue), held.command, held.consumed]).toEqual(['move.next', null, true]);
  });

  test('rests while a dialog is open, but for the palette and the theme', () => {
    const layered = { ...queue, layered: true };
    expect([ran(stroke('r'), layered), ran(stroke('Escape'), layered), ran(stroke('k', { ctrlKey: true }), layered)]).toEqual([null, null, 'find.palette']);
  });
});

describe('sequences', () => {
  const begun = gate(stroke('g', { timeStamp: 1000 }), null, queue);

  test('the first key waits and shows that it does', () => {
    expect(begun).toEqual({ command: null, pending: { prefix: 'G', at: 1000 }, consumed: true });
  });

  test('the second key runs the command', () => {
    expect(ran(stroke('c', { timeStamp: 1200 }), queue, begun.pending)).toBe('go.cases');
  });

  test('Escape forgets it and does nothing else', () => {
    expect(gate(stroke('Escape', { timeStamp: 1200 }), begun.pending, queue)).toEqual({ command: null, pending: null, consumed: true });
  });

  test('too late is too late: the key means what it means alone', () => {
    expect(ran(stroke('c', { timeStamp: 1000 + SEQUENCE_MS + 1 }), queue, begun.pending)).toBe('decide.combine');
  });

  test('a modifier pressed in between changes nothing', () => {
    expect(gate(stroke('Shift', { timeStamp: 1100, shiftKey: true }), begun.pending, queue).pending).toEqual(begun.pending);
  });
});
