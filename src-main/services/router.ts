import { implement } from '@orpc/server';
import type { Router } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import { dropFromAside, listAside, readAsideAgain } from './aside.ts';
import { addParty, changeCase, getCase, linkItem, listCases, openCase, removeParty, unlinkItem } from './cases.ts';
import { recentDecisions } from './decision-views.ts';
import { recordDecision } from './decide.ts';
import { getDraft, saveDraft } from './drafts.ts';
import { findGuidelines, listGuidelines, listVersions, publishGuideline, retireGuideline } from './guidelines.ts';
import { aboutHistory, getEvent, pageHistory, verifyHistory } from './history.ts';
import { previewText } from './import-preview.ts';
import { itemDetails } from './item.ts';
import { findMembers, linkMembers, memberRecord, unlinkMember } from './members.ts';
import { listNotes, noteHistory, saveNote } from './notes.ts';
import { listOutbox, retryDelivery } from './outbox.ts';
import { queueCounts, queueIncoming, queuePage, queueRows } from './queue.ts';
import { findEverything } from './search.ts';
import type { Services } from './services.ts';
import { changeSettings } from './settings.ts';
import { claimItem, redoDecision, settleConflict, undoDecision } from './undo.ts';

const OK = { ok: true } as const;

/**
 * The contract, answered by the services. Input is checked here; output only where `checkOutput` is set, in tests: in
 * production it is our own, and checking it would cost as much as making it.
 */
export function makeRouter({ ctx, live, platforms, keepSettings }: Services, checkOutput: boolean): Router<typeof contract, Record<never, never>> {
  const os = implement(contract).$config(checkOutput ? {} : { initialOutputValidationIndex: Number.NaN });
  const { connections, contexts, delivery, imports } = platforms;

  /** After anything that put orders into the outbox or took them out. */
  function sendSoon<Result>(result: Result): Result {
    delivery.wake();
    return result;
  }

  return os.router({
    live: {
      changes: os.live.changes.handler(({ signal }) => live.changes(signal)),
    },
    queue: {
      page: os.queue.page.handler(({ input }) => queuePage(ctx, input)),
      rows: os.queue.rows.handler(({ input }) => queueRows(ctx, input)),
      incoming: os.queue.incoming.handler(({ input }) => queueIncoming(ctx, input)),
      counts: os.queue.counts.handler(() => queueCounts(ctx)),
      items: os.queue.items.handler(({ input }) => {
        contexts.want(input.ids);
        return itemDetails(ctx, input);
      }),
      claim: os.queue.claim.handler(({ input }) => claimItem(ctx, input)),
    },
    decide: {
      record: os.decide.record.handler(({ input }) => sendSoon(recordDecision(ctx, input))),
      undo: os.decide.undo.handler(({ input }) => sendSoon(undoDecision(ctx, input))),
      redo: os.decide.redo.handler(({ input }) => sendSoon(redoDecision(ctx, input))),
      resolve: os.decide.resolve.handler(({ input }) => sendSoon(settleConflict(ctx, input))),
      retry: os.decide.retry.handler(({ input }) => retryDelivery(ctx, delivery, input)),
      outbox: os.decide.outbox.handler(({ input }) => listOutbox(ctx, input)),
      recent: os.decide.recent.handler(({ input }) => recentDecisions(ctx, input)),
    },
    members: {
      get: os.members.get.handler(({ input }) => memberRecord(ctx, input)),
      link: os.members.link.handler(({ input }) => linkMembers(ctx, input)),
      unlink: os.members.unlink.handler(({ input }) => unlinkMember(ctx, input)),
      find: os.members.find.handler(({ input }) => findMembers(ctx, input)),
    },
    notes: {
      list: os.notes.list.handler(({ input }) => listNotes(ctx, input)),
      save: os.notes.save.handler(({ input }) => saveNote(ctx, input)),
      revisions: os.notes.revisions.handler(({ input }) => noteHistory(ctx, input)),
    },
    drafts: {
      get: os.drafts.get.handler(({ input }) => getDraft(ctx, input)),
      save: os.drafts.save.handler(({ input }) => saveDraft(ctx, input)),
    },
    cases: {
      list: os.cases.list.handler(({ input }) => listCases(ctx, input)),
      get: os.cases.get.handler(({ input }) => getCase(ctx, input)),
      open: os.cases.open.handler(({ input }) => openCase(ctx, input)),
      change: os.cases.change.handler(({ input }) => changeCase(ctx, input)),
      addParty: os.cases.addParty.handler(({ input }) => addParty(ctx, input)),
      removeParty: os.cases.removeParty.handler(({ input }) => removeParty(ctx, input)),
      linkItem: os.cases.linkItem.handler(({ input }) => linkItem(ctx, input)),
      unlinkItem: os.cases.unlinkItem.handler(({ input }) => unlinkItem(ctx, input)),
    },
    guidelines: {
      list: os.guidelines.list.handler(({ input }) => listGuidelines(ctx, input)),
      versions: os.guidelines.versions.handler(({ input }) => listVersions(ctx, input)),
      publish: os.guidelines.publish.handler(({ input }) => publishGuideline(ctx, input)),
      retire: os.guidelines.retire.handler(({ input }) => retireGuideline(ctx, input)),
      search: os.guidelines.search.handler(({ input }) => findGuidelines(ctx, input)),
    },
    history: {
      page: os.history.page.handler(({ input }) => pageHistory(ctx, input)),
      get: os.history.get.handler(({ input }) => getEvent(ctx, input)),
      about: os.history.about.handler(() => aboutHistory(ctx)),
      verify: os.history.verify.handler(() => verifyHistory(ctx)),
    },
    search: {
      find: os.search.find.handler(({ input }) => findEverything(ctx, input)),
    },
    connections: {
      platforms: os.connections.platforms.handler(() => connections.platforms()),
      list: os.connections.list.handler(() => connections.list()),
      sources: os.connections.sources.handler(() => connections.sources()),
      abilities: os.connections.abilities.handler(({ input }) => connections.abilities(input)),
      templates: os.connections.templates.handler(({ input }) => connections.templates(input)),
      test: os.connections.test.handler(({ input }) => connections.test(input)),
      add: os.connections.add.handler(({ input }) => connections.add(input)),
      change: os.connections.change.handler(({ input }) => connections.change(input)),
      pause: os.connections.pause.handler(({ input }) => connections.pause(input)),
      syncNow: os.connections.syncNow.handler(({ input }) => connections.syncNow(input)),
      remove: os.connections.remove.handler(async ({ input }) => {
        await connections.remove(input);
        return OK;
      }),
    },
    imports: {
      list: os.imports.list.handler(({ input }) => imports.list(input)),
      begin: os.imports.begin.handler(({ input }) => imports.begin(input)),
      append: os.imports.append.handler(({ input }) => imports.append(input)),
      preview: os.imports.preview.handler(({ input }) => imports.preview(input)),
      commit: os.imports.commit.handler(({ input }) => imports.commit(input)),
      discard: os.imports.discard.handler(async ({ input }) => {
        await imports.discard(input);
        return OK;
      }),
    },
    inbox: {
      sample: os.inbox.sample.handler(({ input }) => previewText(input.text, input.mapping, ctx.now())),
      example: os.inbox.example.handler(({ input }) => connections.example({ id: input.connectionId })),
      aside: os.inbox.aside.handler(({ input }) => listAside(ctx, input)),
      again: os.inbox.again.handler(({ input }) => readAsideAgain(ctx, platforms.sync, input)),
      drop: os.inbox.drop.handler(({ input }) => dropFromAside(ctx, input)),
    },
    settings: {
      get: os.settings.get.handler(() => ctx.settings()),
      change: os.settings.change.handler(({ input }) => changeSettings(ctx, keepSettings, input)),
    },
    host: {
      capabilities: os.host.capabilities.handler(() => ctx.host.capabilities()),
      secrets: os.host.secrets.handler(() => ctx.host.secrets.status()),
      unlock: os.host.unlock.handler(async ({ input }) => {
        const status = await ctx.host.secrets.unlock(input);
        ctx.changed(['secrets', 'connections']);
        return status;
      }),
    },
  });
}
