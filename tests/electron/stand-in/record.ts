/** One call of the shell to Electron, in order. */
export type Call = { readonly call: string; readonly args: readonly unknown[] };

export const calls: Call[] = [];

/** Notes a call; functions in its arguments are kept as they are for the driver to call. */
export function record(call: string, ...args: readonly unknown[]): void {
  calls.push({ call, args });
}

/** What the last call of a name was given. */
export function lastArgs(call: string): readonly unknown[] {
  return calls.findLast((entry) => entry.call === call)?.args ?? [];
}

/** How often something was called. */
export function timesCalled(call: string): number {
  return calls.filter((entry) => entry.call === call).length;
}
