/**
 * The one command table. Keys, native menu, palette, help sheet, tooltips, the README's key map and
 * rebinding are all computed from it. Plain data: the desk's handlers are keyed by these ids.
 *
 * Keys are `KeyboardEvent.key` names joined by `+` behind `Mod` (Ctrl, or Command on a Mac), `Alt`, `Shift`;
 * two chords in a row are parted by a space: `G Q`. Letters are case-free; Shift is always spelt out.
 */
export const GROUPS = ['move', 'decide', 'back', 'look', 'write', 'find', 'case', 'guideline', 'connection', 'app'] as const;
export type CommandGroup = (typeof GROUPS)[number];

/** Where a command may run: the innermost context that is active wins. */
const CONTEXTS = ['global', 'queue', 'deciding', 'cases', 'guidelines', 'history', 'connections', 'settings'] as const;
export type CommandContext = (typeof CONTEXTS)[number];

export type Command = {
  readonly id: string;
  readonly title: string;
  /** What the bottom bar says, where the title is long. */
  readonly short?: string;
  readonly group: CommandGroup;
  /** Any of these. Empty: palette and menu only. */
  readonly keys: readonly string[];
  readonly when: CommandContext;
  /** In which native menu it appears, if any. */
  readonly menu?: 'file' | 'edit' | 'view' | 'go' | 'decide' | 'help';
  /** Never on key repeat. */
  readonly danger?: true;
  /** Works inside text boxes too. */
  readonly editing?: true;
};

export const COMMANDS = [
  { id: 'move.next', title: 'Next', group: 'move', keys: ['J', 'ArrowDown'], when: 'global' },
  { id: 'move.previous', title: 'Previous', group: 'move', keys: ['K', 'ArrowUp'], when: 'global' },
  { id: 'move.extend-next', title: 'Extend selection down', group: 'move', keys: ['Shift+J', 'Shift+ArrowDown'], when: 'queue' },
  { id: 'move.extend-previous', title: 'Extend selection up', group: 'move', keys: ['Shift+K', 'Shift+ArrowUp'], when: 'queue' },
  { id: 'move.select', title: 'Select item', group: 'move', keys: ['X'], when: 'queue' },
  { id: 'move.first', title: 'First', group: 'move', keys: ['Home'], when: 'global' },
  { id: 'move.last', title: 'Last', group: 'move', keys: ['End'], when: 'global' },
  { id: 'move.incoming', title: 'Show new items', group: 'move', keys: ['I'], when: 'queue' },
  { id: 'go.queue', title: 'Go to queue', group: 'move', keys: ['G Q'], when: 'global', menu: 'go' },
  { id: 'go.cases', title: 'Go to cases', group: 'move', keys: ['G C'], when: 'global', menu: 'go' },
  { id: 'go.guidelines', title: 'Go to guidelines', group: 'move', keys: ['G L'], when: 'global', menu: 'go' },
  { id: 'go.history', title: 'Go to history', group: 'move', keys: ['G H'], when: 'global', menu: 'go' },
  { id: 'go.connections', title: 'Go to connections', group: 'move', keys: ['G P'], when: 'global', menu: 'go' },
  { id: 'go.settings', title: 'Go to settings', group: 'move', keys: ['G S', 'Mod+,'], when: 'global', menu: 'go' },
  { id: 'go.back', title: 'Back', group: 'move', keys: ['['], when: 'global', menu: 'go' },
  { id: 'go.forward', title: 'Forward', group: 'move', keys: [']'], when: 'global', menu: 'go' },
  { id: 'view.open', title: 'Open items', group: 'move', keys: ['1'], when: 'queue' },
  { id: 'view.severe', title: 'High and severe', group: 'move', keys: ['2'], when: 'queue' },
  { id: 'view.newest', title: 'Newest first', group: 'move', keys: ['3'], when: 'queue' },
  { id: 'view.escalated', title: 'Escalated', group: 'move', keys: ['4'], when: 'queue' },
  { id: 'view.snoozed', title: 'Snoozed', group: 'move', keys: ['5'], when: 'queue' },
  { id: 'view.decided', title: 'Decided', group: 'move', keys: ['6'], when: 'queue' },
  { id: 'view.handled', title: 'Handled elsewhere', group: 'move', keys: ['7'], when: 'queue' },

  { id: 'decide.remove', title: 'Remove', group: 'decide', keys: ['R'], when: 'queue', menu: 'decide', danger: true },
  { id: 'decide.mute', title: 'Mute', group: 'decide', keys: ['U'], when: 'queue', menu: 'decide', danger: true },
  { id: 'decide.warn', title: 'Warn', group: 'decide', keys: ['W'], when: 'queue', menu: 'decide', danger: true },
  { id: 'decide.suspend', title: 'Suspend', group: 'decide', keys: ['B'], when: 'queue', menu: 'decide', danger: true },
  { id: 'decide.dismiss', title: 'Dismiss', group: 'decide', keys: ['A'], when: 'queue', menu: 'decide', danger: true },
  { id: 'decide.label', title: 'Label', group: 'decide', keys: ['L'], when: 'queue', menu: 'decide', danger: true },
  { id: 'decide.lock', title: 'Lock thread', group: 'decide', keys: ['Shift+L'], when: 'queue', menu: 'decide', danger: true },
  { id: 'decide.restore', title: 'Restore', group: 'decide', keys: ['Shift+R'], when: 'queue', menu: 'decide', danger: true },
  { id: 'decide.escalate', title: 'Escalate', group: 'decide', keys: ['E'], when: 'queue', menu: 'decide', danger: true },
  { id: 'decide.snooze', title: 'Snooze', group: 'decide', keys: ['Z'], when: 'queue', menu: 'decide', danger: true },
  { id: 'decide.message', title: 'Message', group: 'decide', keys: ['T'], when: 'queue', menu: 'decide', danger: true },
  { id: 'decide.combine', title: 'Combine with another verb', group: 'decide', keys: ['C'], when: 'queue', danger: true },
  { id: 'decide.commit', title: 'Commit decision', group: 'decide', keys: ['Enter'], when: 'deciding', danger: true, editing: true },
  { id: 'decide.commit-stay', title: 'Commit and stay', group: 'decide', keys: ['Shift+Enter'], when: 'deciding', danger: true, editing: true },
  { id: 'decide.cancel', title: 'Cancel', group: 'decide', keys: ['Escape'], when: 'deciding', editing: true },
  { id: 'decide.keep-theirs', title: 'Conflict: keep theirs', group: 'decide', keys: ['Shift+T'], when: 'queue', danger: true },
  { id: 'decide.send-mine', title: 'Conflict: send mine', group: 'decide', keys: ['Shift+M'], when: 'queue', danger: true },
  { id: 'decide.retry', title: 'Try failed deliveries again', group: 'decide', keys: [], when: 'global', danger: true },

  { id: 'back.undo', title: 'Undo decision', group: 'back', keys: ['Mod+Z'], when: 'global', menu: 'edit', danger: true },
  { id: 'back.redo', title: 'Redo decision', group: 'back', keys: ['Mod+Shift+Z'], when: 'global', menu: 'edit', danger: true },

  { id: 'look.reveal', title: 'Hold to look', group: 'look', keys: ['Space'], when: 'queue' },
  { id: 'look.why', title: 'Why here', group: 'look', keys: ['Y'], when: 'queue' },
  { id: 'look.reports', title: 'Reports', group: 'look', keys: ['V'], when: 'queue' },
  { id: 'look.member', title: 'Member', group: 'look', keys: ['M'], when: 'queue' },
  { id: 'look.guidelines', title: 'Look up a guideline', group: 'look', keys: ['.'], when: 'global' },
  { id: 'look.thread', title: 'Open thread', group: 'look', keys: ['Enter'], when: 'queue' },
  { id: 'look.down', title: 'Scroll the item down', group: 'look', keys: ['PageDown'], when: 'queue' },
  { id: 'look.up', title: 'Scroll the item up', group: 'look', keys: ['PageUp'], when: 'queue' },
  { id: 'look.focus', title: 'Focus mode', group: 'look', keys: ['F'], when: 'queue', menu: 'view' },
  { id: 'look.outbox', title: 'What waits to be sent', group: 'look', keys: ['Shift+O'], when: 'global' },

  { id: 'write.note', title: 'Note', group: 'write', keys: ['N'], when: 'queue' },
  { id: 'write.case', title: 'Open a case from this item', group: 'write', keys: ['O'], when: 'queue' },

  { id: 'find.filter', title: 'Filter the list', group: 'find', keys: ['/'], when: 'global' },
  { id: 'find.source', title: 'Show one connection, or several', group: 'find', keys: ['Shift+P'], when: 'queue' },
  { id: 'find.palette', title: 'Search or run a command', group: 'find', keys: ['Mod+K'], when: 'global', editing: true, menu: 'view' },
  { id: 'find.help', title: 'Keyboard help', group: 'find', keys: ['?'], when: 'global', menu: 'help' },

  { id: 'case.note', title: 'Write the case note', short: 'Note', group: 'case', keys: ['N'], when: 'cases' },
  { id: 'case.party', title: 'Add a party', short: 'Add party', group: 'case', keys: ['P'], when: 'cases' },
  { id: 'case.item', title: 'Link an item', short: 'Add evidence', group: 'case', keys: ['E'], when: 'cases' },
  { id: 'case.follow-up', title: 'Set the follow-up', short: 'Follow-up', group: 'case', keys: ['U'], when: 'cases' },
  { id: 'case.stage-next', title: 'Next stage', group: 'case', keys: ['Shift+]', 'Shift+}', '}'], when: 'cases' },
  { id: 'case.stage-previous', title: 'Previous stage', short: 'Stage back', group: 'case', keys: ['Shift+[', 'Shift+{', '{'], when: 'cases' },
  { id: 'case.evidence', title: 'See the evidence as it was kept', short: 'Evidence', group: 'case', keys: ['V'], when: 'cases' },
  { id: 'case.rename', title: 'Rename the case', short: 'Rename', group: 'case', keys: ['R'], when: 'cases' },
  { id: 'case.audience', title: 'Choose who may read the case', short: 'Audience', group: 'case', keys: ['A'], when: 'cases' },
  { id: 'case.remove', title: 'Take out a party or an item', short: 'Take out', group: 'case', keys: ['Shift+D'], when: 'cases', danger: true },
  { id: 'case.note-new', title: 'Start another case note', short: 'Another note', group: 'case', keys: ['Shift+N'], when: 'cases' },
  { id: 'case.open', title: 'Open the case', short: 'Open', group: 'case', keys: ['Enter'], when: 'cases' },
  { id: 'case.new', title: 'New case', group: 'case', keys: ['C'], when: 'cases' },
  { id: 'case.closed', title: 'Show open or closed cases', short: 'Open or closed', group: 'case', keys: ['Shift+C'], when: 'cases' },

  { id: 'guideline.new', title: 'New guideline', group: 'guideline', keys: ['C'], when: 'guidelines' },
  { id: 'guideline.edit', title: 'Edit the guideline', short: 'Edit', group: 'guideline', keys: ['E', 'Enter'], when: 'guidelines' },
  { id: 'guideline.publish', title: 'Publish the new version', short: 'Publish', group: 'guideline', keys: ['Mod+Enter'], when: 'guidelines', editing: true, danger: true },
  { id: 'guideline.versions', title: 'See what changed', short: 'What changed', group: 'guideline', keys: ['V'], when: 'guidelines' },
  { id: 'guideline.retired', title: 'Show retired guidelines too', short: 'Show retired', group: 'guideline', keys: ['Shift+R'], when: 'guidelines' },
  { id: 'guideline.retire', title: 'Retire or bring back', short: 'Retire', group: 'guideline', keys: ['Shift+D'], when: 'guidelines', danger: true },

  { id: 'history.open', title: 'See what was seen', short: 'See what they saw', group: 'look', keys: ['Enter'], when: 'history' },
  { id: 'history.item', title: 'Open the item', short: 'Open the item', group: 'look', keys: ['O'], when: 'history' },
  { id: 'history.clear', title: 'Clear the filters', short: 'Clear filters', group: 'find', keys: ['Shift+X'], when: 'history' },
  { id: 'history.verify', title: 'Verify the log', short: 'Verify', group: 'look', keys: ['Shift+V'], when: 'history' },

  { id: 'connection.add', title: 'Connect a platform', short: 'Connect', group: 'connection', keys: ['C'], when: 'connections' },
  { id: 'connection.items', title: 'Show its items in the queue', short: 'Its items', group: 'connection', keys: ['O'], when: 'connections' },
  { id: 'connection.sync', title: 'Sync now', group: 'connection', keys: ['S'], when: 'connections' },
  { id: 'connection.pause', title: 'Pause or resume', short: 'Pause', group: 'connection', keys: ['U'], when: 'connections' },
  { id: 'connection.sign-in', title: 'Sign in again', group: 'connection', keys: ['E'], when: 'connections' },
  { id: 'connection.change', title: 'Change the connection', short: 'Change', group: 'connection', keys: ['Enter'], when: 'connections' },
  { id: 'connection.import', title: 'Import a file', short: 'Import', group: 'connection', keys: ['I'], when: 'connections' },
  { id: 'connection.aside', title: 'See what could not be read', short: 'Kept aside', group: 'connection', keys: ['V'], when: 'connections' },
  { id: 'connection.copy', title: 'Copy the address to send to', short: 'Copy address', group: 'connection', keys: ['Y'], when: 'connections' },
  { id: 'import.file', title: 'Choose a file to import', short: 'Choose a file', group: 'connection', keys: ['F'], when: 'connections' },
  { id: 'import.commit', title: 'Import the rows', group: 'connection', keys: ['Mod+Enter'], when: 'connections', editing: true, danger: true },
  { id: 'import.discard', title: 'Discard the upload', short: 'Discard', group: 'connection', keys: ['Shift+X'], when: 'connections', danger: true },
  { id: 'connection.unlock', title: 'Unlock the secrets', short: 'Unlock secrets', group: 'connection', keys: ['L'], when: 'connections' },
  { id: 'connection.remove', title: 'Remove the connection', short: 'Remove', group: 'connection', keys: ['Shift+D'], when: 'connections', danger: true },

  { id: 'settings.rebind', title: 'Give the command another key', short: 'Change key', group: 'app', keys: ['Enter'], when: 'settings' },
  { id: 'settings.reset', title: 'Give the command its usual key again', short: 'Usual key', group: 'app', keys: ['Backspace', 'Delete'], when: 'settings' },
  { id: 'settings.reset-all', title: 'Give every command its usual key again', short: 'All usual keys', group: 'app', keys: ['Shift+Backspace'], when: 'settings', danger: true },

  { id: 'app.cancel', title: 'Close or cancel', group: 'app', keys: ['Escape'], when: 'global', editing: true },
  { id: 'app.theme', title: 'Switch light and dark', group: 'app', keys: ['Mod+Shift+L'], when: 'global', menu: 'view', editing: true },
  { id: 'app.sample', title: 'Try the sample community', group: 'app', keys: [], when: 'global' },
] as const satisfies readonly Command[];

export type CommandId = (typeof COMMANDS)[number]['id'];
