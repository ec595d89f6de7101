import type { CommandContext } from '../../../src-main/contract/commands.ts';

/** Where a command works, in words. */
export const WHERE: Readonly<Record<CommandContext, string>> = {
  global: 'everywhere', queue: 'queue', deciding: 'deciding', cases: 'cases', guidelines: 'guidelines', history: 'history', connections: 'connections', settings: 'settings',
};
