import { useState } from 'react';

/** The last value that was there, while the next is on its way: lists and panes do not blink between two answers. */
export function useHeld<Value>(value: Value | undefined): Value | undefined {
  const [held, hold] = useState(value);
  if (value !== undefined && value !== held) hold(() => value);
  return value ?? held;
}
